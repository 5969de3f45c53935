import { describe, expect, it } from 'vitest';
import { createControl, progressInto, progressOf, requestStop } from './control.ts';

describe('a control cell', () => {
  it('carries progress as a share', () => {
    const control = createControl();
    const report = progressInto(control);
    expect(progressOf(control)).toBe(0);
    report(1, 4);
    expect(progressOf(control)).toBe(0.25);
    report(2.5, 2.5);
    expect(progressOf(control)).toBe(1);
  });

  it('counts no work as no progress', () => {
    const control = createControl();
    progressInto(control)(0, 0);
    expect(progressOf(control)).toBe(0);
  });

  it('has the report throw once cancelling was requested', () => {
    const control = createControl();
    const report = progressInto(control);
    requestStop(control, 'cancelled');
    expect(() => report(1, 2)).toThrow(expect.objectContaining({ code: 'cancelled' }));
  });
});
