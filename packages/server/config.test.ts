import { describe, expect, it } from 'vitest';
import { ConfigError, helpText, readConfig } from './config.ts';
import { options } from './options.ts';

describe('the configuration', () => {
  it('is complete without any variable', () => {
    expect(readConfig({})).toMatchObject({ port: 3000, data: './data', signUp: 'invite', trustProxy: false });
  });

  it('takes what the environment says', () => {
    const config = readConfig({
      CONFAB_PORT: '0',
      CONFAB_SIGN_UP: 'open',
      CONFAB_PUBLIC_URL: 'https://chat.example.org/',
      CONFAB_ORIGINS: 'https://a.example.org, http://b.example.org:8080',
      CONFAB_TRUST_PROXY: 'true',
      CONFAB_MQTT_PORT: '1883',
    });
    expect(config).toMatchObject({
      port: 0,
      signUp: 'open',
      publicUrl: 'https://chat.example.org',
      origins: ['https://a.example.org', 'http://b.example.org:8080'],
      trustProxy: true,
      mqttPort: 1883,
    });
  });

  it('counts an empty variable as not set', () => {
    expect(readConfig({ CONFAB_PORT: '' }).port).toBe(3000);
  });

  it.each([
    ['CONFAB_PORT', '70000', 'a whole number from 0 to 65535'],
    ['CONFAB_PORT', '3e3', 'a whole number'],
    ['CONFAB_SIGN_UP', 'maybe', '"invite", "open"'],
    ['CONFAB_PUBLIC_URL', 'chat.example.org', 'http or https'],
    ['CONFAB_PUBLIC_URL', 'https://chat.example.org/path', 'without a path'],
    ['CONFAB_ORIGINS', 'https://a.example.org,nonsense', 'separated by commas'],
    ['CONFAB_TRUST_PROXY', 'yes', '"true" or "false"'],
    ['CONFAB_MQTT_PORT', '0', 'a whole number from 1 to 65535'],
    ['CONFAB_MQTT_PORT', '1883x', 'a whole number from 1 to 65535'],
    ['CONFAB_CLAMD', 'localhost', 'a host and a port like localhost:3310, or the path of a socket'],
    ['CONFAB_LOG_LEVEL', 'loud', '"debug"'],
  ])('stops for %s=%s with a sentence that names it and says what is expected', (name, value, expected) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(`${name} is "${value}"`);
    expect(read).toThrow(expected);
  });

  it.each([
    ['CONFAB_DATABASE_URL', 'mysql://confab:hush@db/confab', 'postgres://user:password@host:port/database'],
    ['CONFAB_DATABASE_URL', 'postgres://confab:hush@db', 'postgres://user:password@host:port/database'],
    ['CONFAB_DATABASE_URL', 'confab:hush', 'postgres://user:password@host:port/database'],
    ['CONFAB_S3_URL', 'https://key:hush@s3.example.org', 'https://key:secret@host:port/bucket?region=eu-1'],
    ['CONFAB_REDIS_URL', 'http://:hush@cache', 'redis://user:password@host:port'],
  ])('stops for a wrong %s without repeating it: it may hold a password', (name, value, expected) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(`${name} is something else, but it has to be an address like ${expected}.`);
    expect(read).not.toThrow(/hush/);
  });

  it('takes what many nodes need', () => {
    const config = readConfig({
      CONFAB_DATABASE_URL: 'postgresql://confab:hush@db.example.org:5433/confab?sslmode=require',
      CONFAB_DATABASE_CONNECTIONS: '30',
      CONFAB_REDIS_URL: 'rediss://cache.example.org',
      CONFAB_NODE_HOST: '10.0.0.7',
      CONFAB_DRAIN_DELAY: '15',
    });
    expect(config).toMatchObject({
      databaseUrl: 'postgresql://confab:hush@db.example.org:5433/confab?sslmode=require',
      databaseConnections: 30,
      redisUrl: 'rediss://cache.example.org',
      nodeHost: '10.0.0.7',
      drainDelay: 15,
    });
    expect(readConfig({ CONFAB_DATABASE_URL: 'postgres:///confab?host=/run/postgresql' }).databaseUrl).not.toBe('');
  });

  it('takes a bucket for files, and a virus scanner', () => {
    const config = readConfig({
      CONFAB_S3_URL: 'https://key:hu%2Fsh@s3.example.org/files?region=eu-1',
      CONFAB_CLAMD: '/run/clamav/clamd.ctl',
    });
    expect(config.s3).toMatchObject({ endpoint: 'https://s3.example.org', bucket: 'files', secret: 'hu/sh' });
    expect(config.clamd).toEqual({ path: '/run/clamav/clamd.ctl' });
    expect(readConfig({})).toMatchObject({ s3: null, clamd: null });
  });

  it('stops for Redis without PostgreSQL, and says what to set', () => {
    const read = () => readConfig({ CONFAB_REDIS_URL: 'redis://cache' });
    expect(read).toThrow(/CONFAB_REDIS_URL is set, but CONFAB_DATABASE_URL is not: .* Set both, or neither\./);
  });

  it('stops for a name that is not an option, so that a slip of the pen is noticed', () => {
    expect(() => readConfig({ CONFAB_PROT: '1' })).toThrow('There is no option CONFAB_PROT');
  });

  it('is described option by option in the help', () => {
    for (const option of Object.values(options)) expect(helpText()).toContain(`${option.env}=`);
  });
});
