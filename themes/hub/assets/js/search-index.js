// Reads the files of search and ranks what is in them. Nothing that is asked leaves the browser: the
// files it fetches hold a stretch of the alphabet or of time, and their names say nothing.
import { Vocabulary, WORTH, fold, saysNothing, wordsOf } from "./search-language.js";

const PLACES = 8;
// What a word is worth by where it stands: text, text more than once, place, heading, summary, subject, person, title.
const WEIGHTS = [1, 1.6, 2.5, 3, 3.5, 6, 7, 10];
const AT_FIRST = 2;
const ENOUGH = 300;
const MOST_MEANINGS = 28;
const EQUALLY_GOOD = Math.log(1.08);

async function read(address, form) {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status}: ${address}`);
  return form === "text" ? answer.text() : answer.json();
}

class Shard {
  constructor(root, told, tree) {
    this.root = root;
    this.told = told;
    this.tree = tree;
    this.lines = new Map();
    this.cardFiles = new Map();
  }

  async load() {
    this.head = await read(this.root + this.told.file);
    this.words = uncoded(this.head.words);
    this.places = new Map(this.words.map((word, place) => [word, place]));
    if (this.head.postings !== undefined) this.lines.set(0, this.head.postings.split("\n"));
    this.cuts = this.head.cuts || [0];
    return this;
  }

  portion(number) {
    if (!this.lines.has(number)) {
      this.lines.set(number, read(this.root + this.head.portions[number], "text").then((text) => text.split("\n")));
    }
    return this.lines.get(number);
  }

  cardsOf(file) {
    if (!this.cardFiles.has(file)) this.cardFiles.set(file, read(this.root + this.head.card_files[file]));
    return this.cardFiles.get(file);
  }

  // The cards that were not needed yet, one file after the other.
  async readAhead() {
    for (const file of (this.head.card_files || []).keys()) await this.cardsOf(file);
  }

  // The postings of a word: pairs of an entry's number and where in it the word stands.
  async standing(word) {
    const place = this.places.get(word);
    if (place === undefined) return [];
    let portion = this.cuts.length - 1;
    while (this.cuts[portion] > place) portion -= 1;
    const lines = await this.portion(portion);
    let number = 0;
    return lines[place - this.cuts[portion]].split(",").map((each) => {
      const mark = parseInt(each, 36);
      number += Math.floor(mark / PLACES);
      return [number, mark % PLACES];
    });
  }

  async card(number) {
    if (this.head.cards) return this.head.cards[number];
    const cards = await this.cardsOf(Math.floor(number / this.head.cards_in_file));
    return cards[number % this.head.cards_in_file];
  }
}

function uncoded(text) {
  let before = "";
  return text === "" ? [] : text.split("\n").map((line) => {
    before = before.slice(0, parseInt(line[0], 36)) + line.slice(1);
    return before;
  });
}

export class Search {
  // `root` leads to the root of the hub.
  constructor(root) {
    this.root = root;
    this.shards = [];
    this.later = [];
    this.synonyms = [];
  }

  // Read what everyone may read, and of the audiences of this reader, as far as is searched at first.
  async open() {
    const trees = await this.trees();
    const indexes = await Promise.all(trees.map((tree) => read(`${this.root}${tree}assets/search/index.json`).catch((error) => {
      if (tree === "") throw error;
      return { shards: [], synonyms: [] };
    })));
    this.synonyms = indexes[0].synonyms.map((group) => group.map((each) => wordsOf(each)).filter((words) => words.length));
    const first = [];
    indexes.forEach(({ shards }, at) => {
      const dated = shards.filter(({ first: day }) => day);
      let count = 0;
      dated.forEach((told, number) => {
        (number < AT_FIRST || count < ENOUGH ? first : this.later).push(new Shard(this.root + trees[at], told, trees[at]));
        count += told.count;
      });
      first.push(...shards.filter(({ first: day }) => !day).map((told) => new Shard(this.root + trees[at], told, trees[at])));
    });
    await this.add(first);
  }

  // The gate lists the trees that this reader may read; where there is no gate there is one tree.
  async trees() {
    try {
      const answer = await fetch(`${this.root}a/`);
      if (!answer.ok || answer.redirected) return [""];
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return ["", ...[...page.querySelectorAll("[data-hub-tree]")].map((tree) => `a/${tree.dataset.hubTree}/`)];
    } catch {
      return [""];
    }
  }

  async add(shards) {
    this.shards.push(...await Promise.all(shards.map((shard) => shard.load())));
    this.vocabulary = new Vocabulary([...new Set(this.shards.flatMap((shard) => shard.words))].sort((one, other) => (one < other ? -1 : 1)));
  }

  async openArchive() {
    const { later } = this;
    this.later = [];
    await this.add(later);
  }

  // Who asked once asks again: the next answer then waits for one file of the alphabet and no more.
  async readAhead() {
    for (const shard of this.shards) await shard.readAhead();
  }

  get since() {
    return this.shards.map(({ told }) => told.first).filter(Boolean).sort()[0] || "";
  }

  // What is asked, as a list of terms; a term is a list of ways to say it, and a way a list of words that
  // must all be there, each a map from what is in the index to what that is worth.
  terms(question) {
    const words = wordsOf(question);
    const telling = words.filter((word) => !saysNothing(word));
    const asked = telling.length ? telling : words;
    const isLast = !/\s$/.test(question);
    this.corrected = new Map();
    const terms = asked.map((word, at) => this.waysOf(word, isLast && at === asked.length - 1));
    asked.forEach((word, at) => {
      for (const group of this.synonyms) this.addSynonyms(terms, asked, at, group);
      const next = asked[at + 1];
      const joined = next === undefined ? [] : this.vocabulary.joined(word, next);
      if (!joined.length) return;
      const way = [new Map(joined.map((each) => [each, WORTH.joined]))];
      terms[at].push(way);
      terms[at + 1].push(way);
    });
    return terms;
  }

  waysOf(word, isLast) {
    const meanings = this.vocabulary.meanings(word, isLast);
    const ways = [];
    const best = Math.max(0, ...meanings.values());
    if (meanings.size) ways.push([meanings]);
    const parts = this.vocabulary.has(word) ? null : this.vocabulary.parts(word);
    if (parts) ways.push(parts.map((each) => new Map(each.map((one) => [one, WORTH.parted]))));
    const isBeingTyped = isLast && best < WORTH.form && best >= WORTH.begins * 0.8;
    if (best < WORTH.same && !isBeingTyped) {
      const near = best < WORTH.form ? this.vocabulary.near(word) : this.vocabulary.near(word, 1);
      if (near.length) {
        const worth = (far) => WORTH.near - 0.12 * Math.max(0, far - 0.3);
        const forms = near.flatMap(({ word: each, far }) => [[each, worth(far)], ...this.vocabulary.forms(each).map((form) => [form, worth(far) * WORTH.form])]);
        ways.push([new Map(forms.reverse())]);
        if (!meanings.size && !parts) this.corrected.set(word, near[0].word);
      }
      const nearly = meanings.size || parts || near.length ? null : this.vocabulary.nearParts(word);
      if (nearly) ways.push(nearly.map((each) => new Map(each.map((one) => [one, WORTH.near]))));
      const within = best < WORTH.form && !near.length ? this.vocabulary.within(word) : [];
      if (within.length) ways.push([new Map(within.map((each) => [each, WORTH.within]))]);
    }
    return ways;
  }

  addSynonyms(terms, asked, at, group) {
    for (const words of group) {
      const said = words.every((word, step) => asked[at + step] !== undefined && this.vocabulary.isAlike(word, asked[at + step]));
      if (!said) continue;
      for (const other of group) {
        if (other === words) continue;
        const way = other.map((word) => new Map([...this.vocabulary.meanings(word, false)].map(([each, worth]) => [each, worth * WORTH.synonym])));
        if (way.every((each) => each.size)) words.forEach((_, step) => terms[at + step].push(way));
      }
    }
  }

  // Everything found, the best first: {shard, number, score, words}.
  async find(question) {
    const terms = this.terms(question);
    if (!terms.length) return [];
    const found = (await Promise.all(this.shards.map((shard) => this.findIn(shard, terms)))).flat();
    const most = Math.max(0, ...found.map(({ met }) => met));
    const whole = found.filter(({ met }) => met > most - 0.5);
    return whole.sort(better);
  }

  async findIn(shard, terms) {
    const total = new Map();
    for (const ways of terms) {
      const best = new Map();
      for (const scores of await Promise.all(ways.map((way) => this.meet(shard, way)))) {
        for (const [number, hit] of scores) if (hit.score > (best.get(number)?.score || 0)) best.set(number, hit);
      }
      for (const [number, { score, words }] of best) {
        const sum = total.get(number) || { shard, number, score: 0, met: 0, words: new Set() };
        sum.score += score;
        sum.met += 1;
        words.forEach((word) => sum.words.add(word));
        total.set(number, sum);
      }
    }
    return [...total.values()];
  }

  // Entries in which all words of one way stand.
  async meet(shard, way) {
    const each = await Promise.all(way.map((meanings) => this.standing(shard, meanings)));
    const [first, ...others] = each;
    const found = new Map();
    for (const [number, hit] of first) {
      const hits = [hit, ...others.map((other) => other.get(number))];
      if (hits.some((one) => !one)) continue;
      found.set(number, { score: hits.reduce((sum, one) => sum + one.score, 0) / hits.length, words: hits.flatMap((one) => one.words) });
    }
    return found;
  }

  async standing(shard, meanings) {
    const best = new Map();
    const here = [...meanings].filter(([word]) => shard.places.has(word)).sort((one, other) => other[1] - one[1]).slice(0, MOST_MEANINGS);
    const rows = await Promise.all(here.map(([word]) => shard.standing(word)));
    here.forEach(([word, worth], at) => {
      const rare = 1 + Math.log(1 + this.size / (1 + rows[at].length));
      for (const [number, place] of rows[at]) {
        const score = worth * worth * WEIGHTS[place] * rare;
        const held = best.get(number);
        if (!held) best.set(number, { score, words: [word] });
        else {
          held.words.push(word);
          // Several forms of a word in one story say a little more than one.
          held.score = Math.max(held.score, score) + 0.1 * Math.min(held.score, score);
        }
      }
    });
    return best;
  }

  get size() {
    return this.shards.reduce((sum, { told }) => sum + told.count, 0);
  }

  // Words that are nearest to those that nothing is known by.
  suggestion(question) {
    const words = wordsOf(question);
    const better = words.map((word) => (this.vocabulary.has(word) ? word : this.vocabulary.near(word, Math.max(2, Math.ceil(word.length / 4)))[0]?.word || word));
    return better.join(" ") === words.join(" ") ? "" : better.join(" ");
  }
}

// Equally good ones: the newest first. What is of no day stands as if it were of today.
function better(one, other) {
  const step = ({ score }) => Math.round(Math.log(score) / EQUALLY_GOOD);
  const day = ({ shard, number }) => shard.head.days[number] || "9";
  if (step(one) !== step(other)) return step(other) - step(one);
  return day(one) === day(other) ? other.score - one.score : day(one) < day(other) ? 1 : -1;
}

// A stretch of text around what was found, as pairs of text and whether it is marked.
export function excerpt(text, words, most = 190) {
  const pieces = [...text.matchAll(/[\p{L}\p{N}'’\u00ad]+/gu)].map((piece) => ({ at: piece.index, text: piece[0], isHit: words.has(fold(piece[0])) }));
  const hits = pieces.filter(({ isHit }) => isHit);
  if (!hits.length) return null;
  const room = hits.map(({ at }) => ({ at, score: new Set(hits.filter((hit) => hit.at >= at && hit.at < at + most * 0.7).map((hit) => fold(hit.text))).size }));
  const { at } = room.reduce((best, each) => (each.score > best.score ? each : best));
  const start = at < 50 ? 0 : Math.max(0, text.indexOf(" ", at - 45) + 1);
  const whole = text.length - start <= most;
  const end = whole ? text.length : Math.max(text.lastIndexOf(" ", start + most), at + 1);
  return [...(start ? [["… ", false]] : []), ...marked(text.slice(start, end), words), ...(whole ? [] : [[" …", false]])];
}

export function marked(text, words) {
  const found = [];
  let last = 0;
  for (const piece of text.matchAll(/[\p{L}\p{N}'’\u00ad]+/gu)) {
    if (!words.has(fold(piece[0]))) continue;
    found.push([text.slice(last, piece.index), false], [piece[0], true]);
    last = piece.index + piece[0].length;
  }
  return [...found, [text.slice(last), false]].filter(([each]) => each);
}
