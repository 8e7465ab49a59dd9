// What a word in a question may mean, worked out against the words that are there. General rules of
// Dutch and English only: no list of words but the few that say nothing by themselves.

const LETTERS = { "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss" };
const LONGEST = 40;

// The same as `fold` in hub_site/search/words.py; a test holds the two together.
export function fold(text) {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[ıøłđðþæœß]/g, (letter) => LETTERS[letter])
    .replace(/(?<=[\p{L}\p{N}])['’ʼ](?=[\p{L}\p{N}])|\u00ad|\u200b/gu, "");
  return bare.replace(/(?<![\p{L}\p{N}])(?:\p{L}\.){2,}(?:\p{L}(?![\p{L}\p{N}]))?/gu, (found) => found.replaceAll(".", ""));
}

export function wordsOf(text) {
  return (fold(text).match(/[\p{L}\p{N}]+[#+]*/gu) || []).map((word) => word.slice(0, LONGEST));
}

const SAY_NOTHING = new Set(
  ("aan als bij bijna dan dat de den der des die dit door een en er haar had heb hebben heeft het hier hij hoe hun ik in is je jij " +
  "jouw kan ken maar me met mij mijn moet naar niet nog of om ons ook op over te tot u uit uw van voor waar wanneer waarom was wat " +
  "we wel wie wij wil word wordt ze zich zij zijn zo zou a am an and are as at be by can do does for from has have how i if in into " +
  "is its my no not of on our so than that the their them then there they this to was we were what when where which who why will with you your").split(" "),
);

export const saysNothing = (word) => SAY_NOTHING.has(word);

const VOWEL = /[aeiouy]/;

// Endings of Dutch and English, each with how many letters have to be left without it.
const ENDINGS = [
  ["s", 4], ["n", 4], ["en", 3], ["e", 3], ["es", 4], ["er", 4], ["ers", 4], ["eren", 4], ["ere", 4], ["ste", 4],
  ["je", 3], ["jes", 3], ["tje", 3], ["tjes", 3], ["pje", 3], ["pjes", 3], ["etje", 3], ["etjes", 3],
  ["t", 4], ["te", 4], ["ten", 4], ["de", 4], ["den", 4], ["end", 4], ["ende", 4],
  ["ing", 4], ["ings", 4], ["ingen", 4], ["heid", 4], ["heden", 4], ["ster", 4], ["sters", 4], ["ed", 3], ["d", 4], ["ly", 4],
];

// Written as in the singular: brieven and brief, huizen and huis, zonnen and zon, namen and naam.
const plain = (bare) => bare.replace(/v$/, "f").replace(/z$/, "s").replace(/([a-z])\1/g, "$1");

// What may be left of a word without its endings: two words with one of these in common are one word.
export function stems(word) {
  const found = new Set([plain(word)]);
  for (const bare of word.length > 5 && word.startsWith("ge") ? [word, word.slice(2)] : [word]) {
    for (const [ending, least] of ENDINGS) {
      if (bare.endsWith(ending) && bare.length - ending.length >= least) found.add(plain(bare.slice(0, -ending.length)));
    }
  }
  if (/[a-z]{3}ies$/.test(word)) found.add(plain(word.replace(/ies$/, "y")));
  return found;
}

const stemsOf = new Map();

function kept(word) {
  let found = stemsOf.get(word);
  if (!found) {
    found = stems(word);
    stemsOf.set(word, found);
  }
  return found;
}

export function sameWord(one, other) {
  if (one === other) return true;
  const mine = kept(one);
  for (const each of kept(other)) if (mine.has(each)) return true;
  return false;
}

// How another form of a word may begin: as it does, with a vowel more or less, behind ge-.
function heads(word) {
  const found = new Set([word.slice(0, 3), `ge${word.slice(0, 2)}`]);
  if (/^.([aeou])\1/.test(word)) found.add(word.slice(0, 2) + word.slice(3, 4));
  else if (/^.[aeou][^aeiou]/.test(word)) found.add(word.slice(0, 2) + word[1]);
  if (/^ge.{4}/.test(word)) found.add(word.slice(2, 5));
  return [...found];
}

// As it sounds: what is spelled wrongly most is written in one way.
export function sound(word) {
  return word
    .replace(/^y(?=[aeou])/, "j").replace(/oe|oo(?=[kmptd])/g, "u").replace(/(?:ij|ei|y)/g, "î").replace(/(?:au|ou)w?/g, "û").replace(/uu/g, "u").replace(/ie|ea/g, "i").replace(/eu/g, "ö")
    .replace(/sch(?=$|[^aeiouîû])/g, "s").replace(/tie(?=$|s)|ti(?=o)/g, "si").replace(/ch|gg/g, "g").replace(/ck|qu|q|c(?![eiî])/g, "k").replace(/c/g, "s")
    .replace(/ph|v|w/g, "f").replace(/z/g, "s").replace(/x/g, "ks").replace(/dt|th|d/g, "t").replace(/b/g, "p").replace(/h/g, "")
    .replace(/(.)\1+/g, "$1").replace(/e(?=[nrls]*$)/, "");
}

// Letters that differ, two that changed places counting once; more than `most` is Infinity.
export function distance(one, other, most) {
  const width = other.length;
  if (Math.abs(one.length - width) > most) return Infinity;
  let earlier = [];
  let before = Array.from({ length: width + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    let least = row;
    for (let column = 1; column <= width; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(before[column] + 1, now[column - 1] + 1, before[column - 1] + (same ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        cost = Math.min(cost, earlier[column - 2] + 1);
      }
      now.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return Infinity;
    [earlier, before] = [before, now];
  }
  return before[width] > most ? Infinity : before[width];
}

const allowed = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : word.length < 13 ? 2 : 3);

// How much a meaning is worth beside the word itself.
export const WORTH = { same: 1, form: 0.92, joined: 0.9, synonym: 0.85, begins: 0.72, parted: 0.7, part: 0.6, within: 0.42, sounds: 0.62, near: 0.55 };
const SHORTEST_PART = 4;
const MOST_OF_A_KIND = 40;
const MOST_CUTS = 3;
// Letters that words which sound alike may begin with.
const SAME_START = { c: 1, k: 1, q: 1, s: 1, z: 1, f: 2, v: 2, w: 2, p: 3, b: 3, d: 4, t: 4, i: 5, e: 5, g: 6, h: 7, j: 8, y: 8, a: 9, o: 10, u: 11 };
// What Dutch puts between the parts of a compound.
const LINKS = ["", "s", "en", "e", "n", "er"];

export class Vocabulary {
  // `words` are in order, each once.
  constructor(words) {
    this.words = words;
    this.all = `\n${words.join("\n")}\n`;
    this.places = new Map(words.map((word, place) => [word, place]));
    this.signs = null;
    this.sounds = new Map();
    this.known = new Map();
  }

  has(word) {
    return this.places.has(word);
  }

  start(prefix) {
    let low = 0;
    let high = this.words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle] < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  beginning(prefix, most = Infinity) {
    const found = [];
    for (let at = this.start(prefix); at < this.words.length && found.length < most && this.words[at].startsWith(prefix); at += 1) {
      found.push(this.words[at]);
    }
    return found;
  }

  // Other forms of a word begin as it does, or as it does behind ge-.
  forms(word) {
    const known = this.known.get(word);
    if (known) return known;
    const found = word.length < 3 ? [] : heads(word).flatMap((head) => this.beginning(head)).filter((each) => sameWord(each, word));
    this.known.set(word, found);
    return found;
  }

  // Words that hold these letters anywhere but at the start.
  holding(letters, most = MOST_OF_A_KIND) {
    const found = [];
    let at = this.all.indexOf(letters);
    while (at > -1 && found.length < most) {
      const start = this.all.lastIndexOf("\n", at) + 1;
      const end = this.all.indexOf("\n", at);
      if (start !== at) found.push(this.all.slice(start, end));
      at = this.all.indexOf(letters, end);
    }
    return found;
  }

  sign(word) {
    let sign = 0;
    for (let at = 0; at < word.length; at += 1) sign |= 1 << (word.charCodeAt(at) % 31);
    return sign;
  }

  soundOf(word) {
    let heard = this.sounds.get(word);
    if (heard === undefined) {
      heard = sound(word);
      this.sounds.set(word, heard);
    }
    return heard;
  }

  // The words that a misspelt one is nearest to, each with how far it is. What sounds the same is near
  // however it is written, and what has still to be typed may be longer.
  near(word, most = allowed(word)) {
    if (!most) return [];
    this.signs ||= this.words.map((each) => this.sign(each));
    const sign = this.sign(word);
    const heard = sound(word);
    const found = [];
    this.words.forEach((each, place) => {
      const lacking = bits(sign & ~this.signs[place]);
      if (lacking > most + 2 || each.length < word.length - most - 1) return;
      const far = this.farness(word, each, { most, heard, lacking });
      if (far !== Infinity) found.push({ word: each, far });
    });
    found.sort((one, other) => one.far - other.far || one.word.length - other.word.length);
    return found.filter(({ far }) => far <= found[0].far + 0.5).slice(0, 8);
  }

  farness(word, each, { most, heard, lacking }) {
    const isAsLong = each.length <= word.length + most;
    const far = isAsLong && lacking <= most ? distance(word, each, most) : Infinity;
    if (far <= 1) return this.soundOf(each) === heard ? far - 0.7 : far;
    const starts = SAME_START[each[0]] === SAME_START[word[0]] && (SAME_START[word[0]] || each[0] === word[0]);
    if (!starts) return Infinity;
    if (each.length <= word.length + most + 2 && this.soundOf(each) === heard) return Math.min(far, 1.5) - 0.7;
    if (far !== Infinity) return far;
    if (word.length < 6 || lacking > most) return Infinity;
    const begun = Math.min(...[-1, 0, 1].map((more) => distance(word, each.slice(0, word.length + more), most)));
    return begun + 0.6;
  }

  // The whole words that a compound is made of: vitaliteitsdag is vitaliteit and dag.
  parts(word) {
    for (let cut = word.length - 3; cut >= 3; cut -= 1) {
      const head = word.slice(0, cut);
      const tail = word.slice(cut);
      for (const bare of [head, head.replace(/s$|en$|e$|n$/, "")]) {
        if (bare.length < 3 || saysNothing(bare) || saysNothing(tail)) continue;
        const first = this.alike(bare);
        const second = this.alike(tail);
        if (first.length && second.length && bare.length + tail.length >= 7) return [first, second];
      }
    }
    return null;
  }

  // The longest words that a compound nobody used here begins and ends with: kilometervergoeding is
  // about kilometers, a buitendeur is a deur.
  within(word) {
    const found = [];
    for (let cut = word.length - 3; cut >= 3 && !found.length; cut -= 1) found.push(...this.whole(word.slice(0, cut)));
    const heads = found.length;
    for (let cut = 2; cut <= word.length - SHORTEST_PART && found.length === heads; cut += 1) found.push(...this.whole(word.slice(cut)));
    return found;
  }

  whole(part) {
    return this.has(part) && !saysNothing(part) ? this.forms(part) : [];
  }

  // A compound of which one part is a word and the other is nearly one: fietsvergoding.
  nearParts(word) {
    const cuts = [];
    for (let cut = word.length - 4; cut >= 4 && cuts.length < MOST_CUTS; cut -= 1) {
      const head = word.slice(0, cut);
      const bare = head.replace(/s$/, "");
      if (this.has(head)) cuts.push([[head], word.slice(cut), 1]);
      else if (bare.length > 3 && this.has(bare)) cuts.push([[bare], word.slice(cut), 1]);
      else if (this.has(word.slice(cut)) && word.length - cut > 3) cuts.push([[word.slice(cut)], head, 0]);
    }
    for (const [known, rest, isTail] of cuts) {
      const near = this.near(rest).filter(({ far }) => far <= 1).map(({ word: each }) => each);
      if (near.length) return isTail ? [known, near] : [near, known];
    }
    return null;
  }

  isAlike(word, other) {
    return sameWord(word, other);
  }

  alike(word) {
    const found = this.has(word) ? [word] : [];
    return found.length || word.length < 4 ? found : this.forms(word);
  }

  // Two words of a question that are one word here: vitaliteit dag is vitaliteitsdag.
  joined(one, other) {
    return this.beginning(one).filter((each) => {
      const rest = each.slice(one.length);
      const link = LINKS.find((letters) => rest.startsWith(letters + other));
      return link !== undefined && (other.length > 3 || sameWord(each, one + link + other));
    });
  }

  // All that a word may mean, each meaning with its worth. `isLast`: it may still be typed.
  meanings(word, isLast) {
    const found = new Map();
    const add = (each, worth) => found.set(each, Math.max(worth, found.get(each) || 0));
    if (this.has(word)) add(word, WORTH.same);
    for (const each of this.forms(word)) add(each, WORTH.form);
    if (word.length >= (isLast ? 2 : SHORTEST_PART)) {
      const longer = this.beginning(word, MOST_OF_A_KIND);
      for (const each of longer) add(each, WORTH.begins * (0.6 + 0.4 * (word.length / each.length)));
    }
    const root = rootOf(word);
    if (root.length >= SHORTEST_PART) {
      for (const each of this.beginning(root, MOST_OF_A_KIND)) add(each, WORTH.part * (0.6 + 0.4 * (root.length / each.length)));
      for (const each of this.holding(root)) add(each, WORTH.part * (0.6 + 0.4 * (root.length / each.length)));
    }
    return found;
  }
}

// What a word is called within a compound: without the ending of its plural.
function rootOf(word) {
  if (word.length < 6) return word;
  const bare = word.replace(/(?:en|s)$/, "");
  return VOWEL.test(bare.at(-1)) ? word : bare;
}

function bits(number) {
  let left = number - ((number >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return (((left + (left >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
