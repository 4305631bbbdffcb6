export * from './kit/definition.js';
