/** A small page to try the schema out: queries and mutations by fetch, subscriptions over WebSocket. */

const element = (id) => document.getElementById(id);
const shownResults = 200;
let socket = null;

const say = (text) => {
  element('status').textContent = text;
};

function request() {
  const query = element('query').value;
  const variables = element('variables').value.trim();
  return { query, variables: variables === '' ? {} : JSON.parse(variables) };
}

function headers() {
  const token = element('token').value;
  return { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
}

async function ask(body) {
  const response = await fetch('/graphql', { method: 'POST', headers: headers(), body: JSON.stringify(body) });
  return response.json();
}

async function run() {
  stop();
  let body;
  try {
    body = request();
  } catch {
    say('The variables are not JSON.');
    return;
  }
  if (/^\s*subscription\b/m.test(body.query)) {
    subscribe(body);
    return;
  }
  say('Running…');
  try {
    const result = await ask(body);
    element('answer').textContent = JSON.stringify(result, null, 2);
    say(result.errors ? 'Answered with errors.' : 'Answered.');
  } catch (error) {
    say(`The server could not be reached: ${error.message}`);
  }
}

function subscribe(payload) {
  const results = [];
  const token = element('token').value;
  const current = new WebSocket(`${location.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket = current;
  element('stop').disabled = false;
  element('answer').textContent = '';
  say('Connecting…');
  current.onopen = () => {
    current.send(JSON.stringify({ type: 'connection_init', payload: token ? { token } : {} }));
  };
  current.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === 'connection_ack') {
      current.send(JSON.stringify({ type: 'subscribe', id: '1', payload }));
      say('Listening.');
    } else if (message.type === 'ping') {
      current.send('{"type":"pong"}');
    } else if (message.type === 'next' || message.type === 'error') {
      results.unshift(JSON.stringify(message.payload, null, 2));
      results.length = Math.min(results.length, shownResults);
      element('answer').textContent = results.join('\n');
    } else if (message.type === 'complete') {
      stop();
    }
  };
  current.onclose = ({ code, reason }) => {
    if (socket !== current) return;
    socket = null;
    element('stop').disabled = true;
    say(`Ended: ${code} ${reason}`);
  };
}

function stop() {
  socket?.close(1000);
}

const typeText = ({ kind, name, ofType }) => {
  if (kind === 'NON_NULL') return `${typeText(ofType)}!`;
  return kind === 'LIST' ? `[${typeText(ofType)}]` : name;
};

const typeFields = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';
const rootFields = `fields { name description args { name type { ${typeFields} } } type { ${typeFields} } }`;
const schemaQuery = `{ __schema { queryType { ${rootFields} } mutationType { ${rootFields} } subscriptionType { ${rootFields} } } }`;

function schemaItem(operation, field) {
  const args = field.args.map(({ name, type }) => `${name}: ${typeText(type)}`).join(', ');
  const item = document.createElement('li');
  const button = document.createElement('button');
  const code = document.createElement('code');
  const text = document.createElement('p');
  code.textContent = `${operation} ${field.name}${args ? `(${args})` : ''}: ${typeText(field.type)}`;
  text.textContent = field.description ?? '';
  button.type = 'button';
  button.append(code);
  button.addEventListener('click', () => {
    const declared = field.args.map(({ name, type }) => `$${name}: ${typeText(type)}`).join(', ');
    const given = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
    const call = `${field.name}${given ? `(${given})` : ''}`;
    element('query').value = `${operation}${declared ? ` (${declared})` : ''} {\n  ${call}\n}`;
  });
  item.append(button, text);
  return item;
}

async function showSchema() {
  const result = await ask({ query: schemaQuery });
  const { queryType, mutationType, subscriptionType } = result.data.__schema;
  const items = [
    ...queryType.fields.map((field) => schemaItem('query', field)),
    ...mutationType.fields.map((field) => schemaItem('mutation', field)),
    ...subscriptionType.fields.map((field) => schemaItem('subscription', field)),
  ];
  element('schema').replaceChildren(...items);
  element('filter').addEventListener('input', ({ target }) => {
    const wanted = target.value.toLowerCase();
    for (const item of items) item.hidden = !item.textContent.toLowerCase().includes(wanted);
  });
}

element('run').addEventListener('click', () => void run());
element('stop').addEventListener('click', stop);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void run();
});
showSchema().catch((error) => say(`The schema could not be read: ${error.message}`));
