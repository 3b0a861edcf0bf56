// Runs one filter from npm: texts in as JSON Lines, for each `false`, or the places found as
// [[start, end], …] in UTF-16 units, or `true` from filters that do not say where.
// The first line out is the filter's version. Each filter has the settings its documentation
// recommends against evasion, and its own English list.

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const filters = {
  async obscenity() {
    const { RegExpMatcher, englishDataset, englishRecommendedTransformers } = await import('obscenity');
    const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
    return (text) => matcher.getAllMatches(text).map((m) => [m.startIndex, m.endIndex + 1]);
  },
  async allprofanity() {
    const { AllProfanity } = await import('allprofanity');
    const filter = new AllProfanity({ languages: ['english'], silent: true, enableLeetSpeak: true });
    return (text) => filter.detect(text).positions.map((p) => [p.start, p.end]);
  },
  async 'glin-profanity'() {
    const { Filter } = await import('glin-profanity');
    const filter = new Filter({
      languages: ['english'],
      detectLeetspeak: true,
      leetspeakLevel: 'aggressive',
      normalizeUnicode: true,
    });
    return (text) => filter.isProfane(text);
  },
};

const name = process.argv[2];
const find = await filters[name]();
const manifest = new URL(`node_modules/${name}/package.json`, import.meta.url);
const answer = (value) => process.stdout.write(JSON.stringify(value) + '\n');
answer(JSON.parse(readFileSync(manifest, 'utf8')).version);
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const found = find(JSON.parse(line));
  answer(Array.isArray(found) && found.length === 0 ? false : found);
}
