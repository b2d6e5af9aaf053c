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
    ['CONFAB_LOG_LEVEL', 'loud', '"debug"'],
  ])('stops for %s=%s with a sentence that names it and says what is expected', (name, value, expected) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(`${name} is "${value}"`);
    expect(read).toThrow(expected);
  });

  it('stops for a name that is not an option, so that a slip of the pen is noticed', () => {
    expect(() => readConfig({ CONFAB_PROT: '1' })).toThrow('There is no option CONFAB_PROT');
  });

  it('is described option by option in the help', () => {
    for (const option of Object.values(options)) expect(helpText()).toContain(`${option.env}=`);
  });
});
