/**
 * A card as it is said in a thread: Slack delivers no slash command there, but a mention with the same words. Pure.
 * Must not know: what a command does.
 */
import type { Block, Card } from '../../chat/card.js';
import { slashLine } from '../../chat/step-line.js';
import { slashAsMention } from '../../language/en/mentions.js';

export function inThread(card: Card): Card {
  return {
    ...card,
    blocks: card.blocks.map(blockInThread),
    footer: card.footer === null ? null : slashAsMention(card.footer),
  };
}

function blockInThread(block: Block): Block {
  switch (block.kind) {
    case 'text':
    case 'small':
    case 'ping':
      return { ...block, text: slashAsMention(block.text) };
    case 'next':
      return { kind: 'text', text: slashAsMention(`→ Next: ${slashLine(block.step)}`) };
    case 'facts':
      return {
        ...block,
        facts: block.facts.map(([label, value]) => [label, slashAsMention(value)] as const),
      };
    // What somebody wrote stays as they wrote it; the others say no commands.
    case 'quote':
    case 'table':
    case 'bars':
    case 'channels':
    case 'rows':
    case 'buttons':
    case 'checkpoint':
      return block;
    default:
      return block satisfies never;
  }
}
