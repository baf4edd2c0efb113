// Rows or columns in pixels: where each begins, and which one is at a point. Hidden ones have no size.

export class Axis {
  /** `metadata` tells the sizes of the first ones, or of all; the rest are as `standard`. */
  constructor(count, metadata = [], standard, least) {
    Object.assign(this, { count, standard, least });
    this.sizes = new Float32Array(count).fill(Math.max(least, standard));
    this.#take(0, metadata);
    this.#add();
  }

  /** Puts in the sizes of some, from `start` on; whether that moved anything. */
  correct(start, metadata) {
    const moved = this.#take(start, metadata);
    if (moved) this.#add();
    return moved;
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

  #take(start, metadata) {
    let moved = false;
    metadata.forEach(({ hiddenByUser, pixelSize }, at) => {
      const size = hiddenByUser ? 0 : Math.max(this.least, pixelSize ?? this.standard);
      if (start + at < this.count && this.sizes[start + at] !== size) {
        this.sizes[start + at] = size;
        moved = true;
      }
    });
    return moved;
  }

  #add() {
    this.offsets = new Float64Array(this.count + 1);
    this.sizes.forEach((size, index) => { this.offsets[index + 1] = this.offsets[index] + size; });
  }
}
