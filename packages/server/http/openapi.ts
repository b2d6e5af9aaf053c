import { type CommandName, commands, errors, limits, type TSchema } from '@confab/protocol';

interface ObjectSchema {
  properties: Record<string, TSchema>;
  required?: string[];
}

/** The OpenAPI 3.1 document of the HTTP interface, made from the same table as its routes. */
export function openApiDocument(name: string, version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const command of Object.keys(commands) as CommandName[]) {
    const { http } = commands[command];
    if (http === null) continue;
    const [method = '', route = ''] = http.split(' ');
    const path = route.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [method.toLowerCase()]: pathItem(command, method, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `${name}: HTTP interface`,
      version,
      description:
        'Every command of the protocol as a request. Times are Unix milliseconds. The web app signs in by cookie (`deliver: "cookie"`); ' +
        `other programs by token (\`deliver: "token"\`, then \`Authorization: Bearer …\`). A message may have ${limits.messageChars} characters.`,
    },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }, { cookie: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'confab_session' },
      },
      schemas: { Error: errorSchema },
    },
  };
}

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'retry'],
      properties: {
        code: { enum: Object.keys(errors) },
        message: { type: 'string', description: 'What happened and what to do, for a person.' },
        retry: { enum: ['never', 'later'] },
        retryAfterMs: { type: 'integer' },
        details: { type: 'object' },
      },
    },
  },
};

function pathItem(command: CommandName, method: string, route: string): object {
  const { params, result, summary } = commands[command];
  const schema = params as unknown as ObjectSchema;
  const inPath = new Set([...route.matchAll(/:(\w+)/g)].map((match) => match[1] as string));
  const others = Object.keys(schema.properties).filter((name) => !inPath.has(name));
  const inQuery = method === 'GET' || method === 'DELETE' ? others : [];
  const parameter = (name: string, where: 'path' | 'query') => ({
    name,
    in: where,
    required: where === 'path' || (schema.required ?? []).includes(name),
    schema: schema.properties[name],
  });
  return {
    operationId: command,
    summary,
    tags: [command.split('.')[0]],
    parameters: [
      ...[...inPath].map((name) => parameter(name, 'path')),
      ...inQuery.map((name) => parameter(name, 'query')),
    ],
    ...(others.length > 0 && inQuery.length === 0 ? { requestBody: body(schema, others) } : {}),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: result } } },
      default: {
        description: 'Refused; nothing was changed.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function body(schema: ObjectSchema, names: readonly string[]): object {
  const required = (schema.required ?? []).filter((name) => names.includes(name));
  const properties = Object.fromEntries(names.map((name) => [name, schema.properties[name]]));
  return {
    required: required.length > 0,
    content: { 'application/json': { schema: { type: 'object', required, properties, additionalProperties: false } } },
  };
}
