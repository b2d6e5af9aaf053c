import { doors } from '../../doors/doors.ts';
import { mqttTcpDoor } from '../../doors/mqtt.ts';
import { describeJourneys } from '../../doors/testing/journey-cases.ts';
import { trustedCertificate } from '../certificate.ts';
import { openProxy, type ProxyKind } from '../proxy-kinds.ts';
import { fetchByHttp1 } from './fetch-by-http1.ts';

/** The journey suite over every door that this proxy passes on, with a real server behind it. */
export function describeJourneysBehind(kind: ProxyKind): void {
  const passed = doors.filter((door) => kind.takesMqtt || door !== mqttTcpDoor);
  describeJourneys(passed, {
    env: { CONFAB_TRUST_PROXY: 'true' },
    front: async ({ url, mqttPort }) => {
      await fetchByHttp1();
      const certificate = await trustedCertificate();
      const proxy = await openProxy(kind, certificate, { port: Number(new URL(url).port), mqttPort });
      return {
        url: proxy.url,
        mqttPort: proxy.mqttPort,
        async close() {
          await proxy.close();
          await certificate.remove();
        },
      };
    },
  });
}
