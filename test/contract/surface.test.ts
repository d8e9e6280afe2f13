/** The surface contract on every surface there is. */
import { surfaceContract } from './surface-contract.js';
import { discordStage } from './surface-discord.js';
import { slackStage } from './surface-slack.js';
import { terminalStage } from './surface-terminal.js';

surfaceContract('terminal', terminalStage);
surfaceContract('Slack', slackStage);
surfaceContract('Discord', discordStage);
