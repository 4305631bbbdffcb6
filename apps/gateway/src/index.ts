export { GatewayConfig, loadGatewayConfig } from './config.js';
export { startGateway } from './start-gateway.js';
