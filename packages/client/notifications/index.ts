export { type Alert, Alerts, type AlertsOptions } from './alerts.ts';
