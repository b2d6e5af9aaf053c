export { createGraphqlGateway, type GraphqlGatewayOptions, graphqlPath, graphqlStreamPath } from './gateway.ts';
export { defaultGraphqlLimits, type GraphqlLimits } from './limits.ts';
