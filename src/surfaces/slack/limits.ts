/**
 * Slack's limits, each with where it is written. Must not know: cards.
 */

/** https://docs.slack.dev/reference/block-kit/blocks: 50 blocks a message, 100 a modal or home tab. */
export const MESSAGE_BLOCKS = 50;
export const VIEW_BLOCKS = 100;
/** Of all blocks together; from some 12,000 on Slack says msg_blocks_too_long (https://github.com/slackapi/bolt-js/issues/2509). */
export const BLOCKS_TEXT = 10_000;
/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
export const SECTION_TEXT = 3000;
export const FIELD_TEXT = 2000;
/** https://docs.slack.dev/reference/block-kit/blocks/header-block */
export const HEADER_TEXT = 150;
/** https://docs.slack.dev/reference/block-kit/blocks/context-block; its text objects: composition-objects/text-object */
export const CONTEXT_TEXT = 3000;
/** https://docs.slack.dev/reference/block-kit/blocks/actions-block */
export const ACTIONS = 25;
/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const BUTTON_TEXT = 75;
export const BUTTON_VALUE = 2000;
/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object; 100 options a select */
export const OPTION_TEXT = 75;
export const OPTION_VALUE = 150;
/** https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
export const OVERFLOW = 5;
/** https://docs.slack.dev/reference/block-kit/blocks/table-block: rows with the header's, columns, characters of all cells. */
export const TABLE_ROWS = 100;
export const TABLE_COLUMNS = 20;
/** Not written anywhere: what is longer makes a row higher than a telephone. */
export const TABLE_CELL = 400;
export const OPTIONS = 100;
/** https://docs.slack.dev/reference/block-kit/blocks/input-block: label and hint */
export const INPUT_LABEL = 2000;
/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export const INPUT_TEXT = 3000;
/** https://docs.slack.dev/reference/views/modal-views: title, submit and close; private_metadata */
export const VIEW_TITLE = 24;
export const VIEW_METADATA = 3000;
/** https://docs.slack.dev/reference/methods/chat.postMessage, "Truncating content": best kept to 4000 characters. */
export const MESSAGE_TEXT = 4000;
