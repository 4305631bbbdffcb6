/** One figure that was promised. */
export interface Finding {
  /** What is compared with what. */
  readonly what: string;
  readonly value: number;
  readonly unit: '×' | 'ms' | 's' | 'MB' | 'KB' | 'tuples' | 'requests' | 'connections';
  readonly target: { readonly atLeast: number } | { readonly under: number };
}

export interface Outcome {
  readonly findings: readonly Finding[];
  /** What the findings were computed from, by side and round. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface Bench {
  readonly name: string;
  readonly title: string;
  /** `scale` 1 is the promised size; smaller ones are for trying. */
  run(scale: number): Promise<Outcome>;
}

export const isMet = ({ value, target }: Finding): boolean =>
  'atLeast' in target ? value >= target.atLeast : value < target.under;

export function progress(line: string): void {
  process.stdout.write(`    ${line}\n`);
}
