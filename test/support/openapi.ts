// biome-ignore-all lint/suspicious/noExplicitAny: what is checked here may be anything.

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const jsonTypes = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'];

/** Whether a JSON value is of a JSON Schema type. */
function isOfType(value: unknown, type: string): boolean {
  if (value === null) return type === 'null';
  if (Array.isArray(value)) return type === 'array';
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

/**
 * What keeps a document from being valid OpenAPI 3.1, as far as its version, paths, parameters, bodies, answers,
 * security, references and the keywords of its schemas go; empty when nothing does.
 */
export function openApiFaults(document: any): string[] {
  const faults: string[] = [];
  const check = (holds: unknown, fault: string): void => {
    if (!holds) faults.push(fault);
  };

  const resolve = (reference: string): any =>
    reference
      .replace(/^#\//, '')
      .split('/')
      .reduce((at, part) => at?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], document);

  function checkSchema(schema: any, at: string): void {
    check(schema !== null && typeof schema === 'object', `${at} is no schema`);
    if (typeof schema?.$ref === 'string') {
      check(schema.$ref.startsWith('#/') && resolve(schema.$ref), `${at}: ${schema.$ref} leads nowhere`);
      return;
    }
    const types: unknown[] = schema.type === undefined ? [] : [schema.type].flat();
    for (const type of types) check(jsonTypes.includes(String(type)), `${at}: type ${type}`);
    check(schema.nullable === undefined, `${at}: nullable is of OpenAPI 3.0`);
    for (const bound of [
      'minimum',
      'maximum',
      'exclusiveMinimum',
      'exclusiveMaximum',
      'minLength',
      'maxLength',
    ])
      check(schema[bound] === undefined || typeof schema[bound] === 'number', `${at}: ${bound} is no number`);
    for (const value of [schema.default, schema.example])
      check(
        value === undefined || types.length === 0 || types.some((type) => isOfType(value, String(type))),
        `${at}: ${JSON.stringify(value)} is not of its type`,
      );
    if (schema.enum !== undefined)
      check(Array.isArray(schema.enum) && new Set(schema.enum).size === schema.enum.length, `${at}: enum`);
    for (const name of schema.required ?? [])
      check(schema.properties?.[name], `${at}: required ${name} is not among the properties`);
    for (const [name, property] of Object.entries(schema.properties ?? {}))
      checkSchema(property, `${at}.${name}`);
    for (const key of ['items', 'additionalProperties', 'not', 'propertyNames'])
      if (typeof schema[key] === 'object') checkSchema(schema[key], `${at}.${key}`);
    for (const key of ['allOf', 'anyOf', 'oneOf', 'prefixItems'])
      for (const part of schema[key] ?? []) checkSchema(part, `${at}.${key}`);
  }

  function checkContent(content: any, at: string): void {
    check(content && Object.keys(content).length > 0, `${at} has no content`);
    for (const [type, media] of Object.entries<any>(content ?? {})) {
      check(/^[\w.+-]+\/[\w.+*-]+/.test(type), `${at}: media type ${type}`);
      checkSchema(media.schema, `${at} ${type}`);
    }
  }

  function checkOperation(operation: any, path: string, at: string): void {
    const parameters: any[] = operation.parameters ?? [];
    const names = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
    check(new Set(names).size === names.length, `${at}: a parameter comes twice`);
    for (const parameter of parameters) {
      check(['query', 'path', 'header', 'cookie'].includes(parameter.in), `${at}: in ${parameter.in}`);
      check(
        parameter.in !== 'path' || parameter.required === true,
        `${at}: ${parameter.name} must be required`,
      );
      checkSchema(parameter.schema, `${at} ${parameter.name}`);
    }
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `path ${name}`);
    const declared = names.filter((name) => name.startsWith('path '));
    check(inPath.sort().join() === declared.sort().join(), `${at}: parameters of the path`);
    if (operation.requestBody) checkContent(operation.requestBody.content, `${at} body`);
    check(operation.summary, `${at} has no summary`);
    const responses = Object.entries<any>(operation.responses ?? {});
    check(
      responses.some(([status]) => /^2\d\d$/.test(status)),
      `${at} never succeeds`,
    );
    for (const [status, response] of responses) {
      check(/^[1-5]\d\d$/.test(status), `${at}: status ${status}`);
      check(typeof response.description === 'string', `${at} ${status} has no description`);
      if (status === '204') check(response.content === undefined, `${at} 204 has content`);
      else checkContent(response.content, `${at} ${status}`);
    }
    checkSecurity(operation.security ?? [], at);
  }

  function checkSecurity(requirements: any[], at: string): void {
    for (const name of requirements.flatMap(Object.keys))
      check(document.components?.securitySchemes?.[name], `${at}: no security scheme ${name}`);
  }

  check(/^3\.1\.\d+$/.test(document.openapi), 'the version of OpenAPI');
  check(typeof document.info?.title === 'string' && typeof document.info.version === 'string', 'info');
  checkSecurity(document.security ?? [], 'the document');
  for (const [path, item] of Object.entries<any>(document.paths ?? {})) {
    check(path.startsWith('/'), `the path ${path}`);
    for (const [method, operation] of Object.entries(item)) {
      check(methods.includes(method), `${path}: method ${method}`);
      checkOperation(operation, path, `${method} ${path}`);
    }
  }
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) checkSchema(schema, name);
  return faults;
}
