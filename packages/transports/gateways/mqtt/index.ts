export { createMqttGateway, type MqttGateway, type MqttGatewayOptions, mqttPath } from './gateway.ts';
export { defaultMqttLimits, type MqttLimits } from './limits.ts';
