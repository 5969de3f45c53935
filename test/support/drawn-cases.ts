import fc from 'fast-check';

// CI draws the same cases in each run, so that what turns it red is the change; elsewhere each run draws new ones.
if (process.env.CI === 'true') fc.configureGlobal({ seed: 20_261_122 });
