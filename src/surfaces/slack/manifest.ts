/**
 * The Slack app's manifest, made from the commands: what one pastes under "Create New App → From a manifest".
 * Must not know: tokens, which workspace it is installed in.
 */
import { stringify } from 'yaml';
import type { CommandFacts, Registry } from '../../chat/command.js';
import { LOG_SHORTCUT } from './read.js';

/** Least scopes, each with what it is for; without one of them exactly that stops working. */
const SCOPES = [
  ['commands', 'the commands and the message shortcut'],
  ['chat:write', 'cards, their edits, and private answers, in channels the bot was invited to'],
  ['app_mentions:read', '“@Ombud …” in a thread, where Slack delivers no commands'],
  ['im:write', 'a private word to one member of staff'],
  ['files:write', 'evidence files and reports, sent privately'],
  ['users:read', 'to refuse guests and people of other companies; no e-mail addresses'],
  ['channels:history', 'after a lost answer: whether a post is there already (public channels)'],
  ['groups:history', 'the same in private channels'],
  ['im:history', 'the same in private words'],
] as const;

const EVENTS = ['app_home_opened', 'app_mention'] as const;

const PURPOSES: Readonly<Record<string, string>> = {
  privacy: 'Customers’ privacy requests: log, decide, close',
  disclosure: 'Giving data to third parties: ask, decide, register',
  desk: 'The desk itself: help, digest, staff, channels',
};

/** Slack's limits on a manifest: https://docs.slack.dev/reference/app-manifest */
const HINT_MAX = 1000;
const PURPOSE_MAX = 2000;

export function slackManifest(registry: Registry): string {
  const head = {
    display_information: {
      name: 'Ombud',
      description: 'A privacy desk: requests, deadlines, freezes and disclosures',
      background_color: '#1d3a4f',
    },
    features: {
      // Private words appear under Messages, where nobody can write: commands are typed anywhere.
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'Ombud', always_online: true },
      shortcuts: [
        {
          name: 'Log a privacy request',
          type: 'message',
          callback_id: LOG_SHORTCUT,
          description: 'Opens the form with a link to this message; its text is not copied',
        },
      ],
      slash_commands: registry.commands.map((command) => ({
        command: `/${command}`,
        description: purposeOf(registry, command),
        usage_hint: registry.verbsOf(command).join(' | ').slice(0, HINT_MAX),
        // So that “@mei” arrives as her account and not as a name.
        should_escape: true,
      })),
    },
  };
  const settings = {
    settings: {
      event_subscriptions: { bot_events: [...EVENTS] },
      interactivity: { is_enabled: true },
      org_deploy_enabled: false,
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    },
  };
  return [
    '# Generated from the commands by `npm run manifests`; a change here is lost.',
    '# For HTTP mode set socket_mode_enabled to false and give every slash command `url:`, and event_subscriptions and',
    '# interactivity `request_url:`, each https://YOUR-HOST/slack/events.',
    stringify(head, { lineWidth: 0 }).trimEnd(),
    'oauth_config:',
    '  scopes:',
    '    bot:',
    ...SCOPES.flatMap(([scope, why]) => [`      # ${why}`, `      - ${scope}`]),
    stringify(settings, { lineWidth: 0 }),
  ].join('\n');
}

function purposeOf(registry: Registry, command: string): string {
  const summaries = registry.all
    .filter((one: CommandFacts) => one.command === command)
    .map(({ summary }) => summary);
  return (PURPOSES[command] ?? summaries.join('; ')).slice(0, PURPOSE_MAX);
}
