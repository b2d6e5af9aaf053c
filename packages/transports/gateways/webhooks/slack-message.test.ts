import { describe, expect, test } from 'vitest';
import { markdownOf } from './slack-markup.ts';
import { textOfSlackMessage } from './slack-message.ts';

describe('Slack’s markup as Markdown', () => {
  test.each([
    ['plain words', 'plain words'],
    ['*bold* and *two words*', '**bold** and **two words**'],
    ['(*in brackets*), *at the end*.', '(**in brackets**), **at the end**.'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['a*b*c', 'a*b*c'],
    ['_italic_ stays', '_italic_ stays'],
    ['~gone~', '~~gone~~'],
    ['`*code*` and *bold*', '`*code*` and **bold**'],
    ['```\n*code* <https://a.example|x>\n```', '```\n*code* <https://a.example|x>\n```'],
    ['<https://a.example/x?y=1&amp;z=2>', '<https://a.example/x?y=1&z=2>'],
    ['<https://a.example|the page>', '[the page](https://a.example)'],
    ['<mailto:a@b.example|a>', '[a](mailto:a@b.example)'],
    ['<javascript:alert(1)|click>', 'click'],
    ['<!here> <!channel> <!date^1|today>', '@here @room today'],
    ['<@U123> <@U123|ada> <#C1|general>', '@U123 @ada #general'],
    ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'],
    ['&amp;lt; stays', '&lt; stays'],
    ['> a quote', '> a quote'],
    ['', ''],
  ])('%j becomes %j', (markup, markdown) => {
    expect(markdownOf(markup)).toBe(markdown);
  });
});

const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const plain = (text: string) => ({ type: 'plain_text', text });

describe('a message in Slack’s form', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['its text', { text: 'Build *done*' }, 'Build **done**'],
    ['its text as it is, when it says so', { text: '*done*', mrkdwn: false }, '*done*'],
    ['nothing', {}, ''],
    ['a text that is none', { text: 7, blocks: 'x', attachments: [null, 1] }, ''],
    [
      'its blocks instead of the text that stands in for them',
      {
        text: 'fallback',
        blocks: [
          { type: 'header', text: plain('Release') },
          { type: 'section', text: mrkdwn('*1.2* is out'), fields: [mrkdwn('*Who:* ada'), plain('*as it is*')] },
          { type: 'divider' },
          { type: 'context', elements: [mrkdwn('from <https://ci.example|CI>'), plain('now')] },
          { type: 'image', image_url: 'https://a.example/p.png', alt_text: 'a chart' },
          { type: 'actions', elements: [{ type: 'button', text: plain('Open'), url: 'https://a.example' }] },
          { type: 'video' },
        ],
      },
      [
        '**Release**',
        '**1.2** is out',
        '**Who:** ada',
        '*as it is*',
        '---',
        'from [CI](https://ci.example) now',
        '[a chart](https://a.example/p.png)',
        '[Open](https://a.example)',
      ].join('\n'),
    ],
    ['its text, when it knows none of the blocks', { text: 'fallback', blocks: [{ type: 'video' }] }, 'fallback'],
    [
      'its attachments after its text',
      {
        text: 'Alert',
        attachments: [
          {
            pretext: 'Look:',
            title: 'CPU',
            title_link: 'https://a.example',
            text: '*hot*',
            fields: [{ title: 'Node', value: 'a1' }],
            footer: 'monitor',
          },
          { fallback: 'only this' },
        ],
      },
      ['Alert', 'Look:', '[CPU](https://a.example)', '**hot**', '**Node**: a1', 'monitor', 'only this'].join('\n'),
    ],
    [
      'its rich text',
      {
        blocks: [
          {
            type: 'rich_text',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'text', text: 'See ' },
                  { type: 'link', url: 'https://a.example', text: 'this' },
                  { type: 'emoji', name: 'wave' },
                ],
              },
              {
                type: 'rich_text_list',
                elements: [
                  { type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] },
                  { type: 'rich_text_section', elements: [{ type: 'text', text: 'two' }] },
                ],
              },
              { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x = 1' }] },
            ],
          },
        ],
      },
      'See [this](https://a.example):wave:\n- one\n- two\n```\nx = 1\n```',
    ],
  ])('posts %s', (_, message, text) => {
    expect(textOfSlackMessage(message)).toBe(text);
  });

  test('is not followed deeper than a message goes', () => {
    let nested: Record<string, unknown> = { type: 'text', text: 'deep' };
    for (let depth = 0; depth < 100_000; depth += 1) nested = { type: 'rich_text_section', elements: [nested] };
    expect(textOfSlackMessage({ blocks: [{ type: 'rich_text', elements: [nested] }] })).toBe('');
  });
});
