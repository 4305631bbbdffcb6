/** How one stream is read. The puller's kit defines the rest of its shape. */
export interface StreamDefinition {
  readonly name: string;
}
