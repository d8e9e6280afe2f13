/**
 * Discord's limits by name, each with where it is written. Lengths are in characters as JavaScript counts them, which is
 * never less than Discord counts. Must not know: what is sent.
 */

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
export const EMBED_TITLE_MAX = 256;
export const EMBED_DESCRIPTION_MAX = 4096;
export const EMBED_FOOTER_MAX = 2048;
/** Title, description, fields and footer of all embeds of one message together. Same page. */
export const EMBEDS_TOTAL_MAX = 6000;

/** https://discord.com/developers/docs/resources/message#create-message */
export const CONTENT_MAX = 2000;
export const NONCE_MAX = 25;
/** https://discord.com/developers/docs/resources/message#allowed-mentions-object */
export const MENTIONED_USERS_MAX = 100;
/** https://discord.com/developers/docs/reference#uploading-files: the default for a bot, whatever the server's boosts. */
export const FILE_BYTES_MAX = 10 * 1024 * 1024;

/** https://discord.com/developers/docs/components/reference: of a message of components, nested ones too; text of all of them. */
export const COMPONENTS_MAX = 40;
export const COMPONENTS_TEXT_MAX = 4000;
/** Not written anywhere: characters of a code block's line on a telephone before it wraps. */
export const PHONE_COLUMNS = 30;

/** https://discord.com/developers/docs/components/reference#action-row and #button */
export const ROWS_MAX = 5;
export const BUTTONS_PER_ROW = 5;
export const CUSTOM_ID_MAX = 100;
/** 80 in the API; the client shows about 34 before it cuts by itself. */
export const BUTTON_LABEL_MAX = 80;

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal */
export const MODAL_TITLE_MAX = 45;
export const MODAL_INPUTS_MAX = 5;
/** https://discord.com/developers/docs/components/reference#label and #text-input and #string-select */
export const LABEL_MAX = 45;
export const LABEL_DESCRIPTION_MAX = 100;
export const INPUT_VALUE_MAX = 4000;
export const SELECT_OPTIONS_MAX = 25;
/** Label, value and description of one option alike. */
export const SELECT_LABEL_MAX = 100;

/** https://discord.com/developers/docs/interactions/application-commands#application-command-object */
export const OPTIONS_MAX = 25;
export const CHOICES_MAX = 25;
export const CHOICE_MAX = 100;
/** Same page: longest text of a string option. */
export const OPTION_TEXT_MAX = 6000;
/** Names, descriptions and choices of one command with all its subcommands together. Same page. */
export const COMMAND_TOTAL_MAX = 8000;

/** https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction */
export const FIRST_ANSWER_MS = 3000;
export const TOKEN_LIFE_MS = 15 * 60_000;

/** https://discord.com/developers/docs/resources/message#get-channel-messages */
export const MESSAGES_PAGE_MAX = 100;
/** https://discord.com/developers/docs/resources/channel#list-joined-private-archived-threads */
export const THREADS_PAGE_MAX = 100;

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes */
export const CODES = {
  unknownChannel: 10003,
  unknownMessage: 10008,
  unknownWebhook: 10015,
  unknownInteraction: 10062,
  invalidForm: 50035,
  missingAccess: 50001,
  missingPermissions: 50013,
  alreadyAcknowledged: 40060,
  invalidWebhookToken: 50027,
  /** The person takes no direct messages from this server's members. */
  cannotMessage: 50007,
  /** Nor has a server in common with the bot. */
  noServerInCommon: 50278,
  threadArchived: 50083,
  threadExistsAlready: 160004,
  threadLocked: 160005,
} as const;
