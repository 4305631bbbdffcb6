export interface Dot {
  readonly x: number;
  readonly y: number;
}

/** As far as the pointer may be off, in pixels. */
const REACH = 24;

/** The index of the dot next to a place, -1 where none is near. */
export function nearestDot(dots: readonly Dot[], x: number, y: number): number {
  let nearest = -1;
  let least = REACH ** 2;
  dots.forEach((dot, index) => {
    const distance = (dot.x - x) ** 2 + (dot.y - y) ** 2;
    if (distance > least) return;
    least = distance;
    nearest = index;
  });
  return nearest;
}
