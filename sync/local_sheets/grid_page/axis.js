// Rows or columns in pixels: where each begins, and which one is at a point. Hidden ones have no size.

export class Axis {
  constructor(count, metadata = [], standard, least) {
    this.count = count;
    this.offsets = new Float64Array(count + 1);
    for (let index = 0; index < count; index += 1) {
      const known = metadata[index];
      const size = known?.hiddenByUser ? 0 : Math.max(least, known?.pixelSize ?? standard);
      this.offsets[index + 1] = this.offsets[index] + size;
    }
  }

  get length() {
    return this.offsets[this.count];
  }

  at(index) {
    return this.offsets[index];
  }

  size(first, end = first + 1) {
    return this.offsets[end] - this.offsets[first];
  }

  /** The one that covers the point, or the nearest. */
  find(point) {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.offsets[middle] <= point) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The next one with a size in this direction, or `from` where there is none. */
  step(from, direction) {
    for (let index = from + direction; index >= 0 && index < this.count; index += direction) {
      if (this.size(index) > 0) return index;
    }
    return from;
  }
}
