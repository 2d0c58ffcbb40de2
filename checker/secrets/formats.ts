// Texts that are secrets wherever they are, because whoever issues them gave them a form that nothing else has. Each is in the
// documentation of its service; secretlint and gitleaks know the same ones.

/** Tokens by their prefix: service → patterns. */
const TOKENS = {
  'Amazon Web Services': 'A(?:KIA|SIA)[0-9A-Z]{16}',
  Anthropic: 'sk-ant-[\\w-]{20,}',
  Atlassian: 'ATATT3[\\w=-]{20,}',
  age: 'AGE-SECRET-KEY-1[0-9A-Z]{30,}',
  Databricks: 'dapi[0-9a-f]{32}',
  DigitalOcean: 'do[opr]_v1_[0-9a-f]{32,}',
  Discord: 'discord(?:app)?\\.com/api/webhooks/\\d+/[\\w-]{20,}',
  Docker: 'dckr_[a-z]+_[\\w-]{20,}',
  Figma: 'figd_[\\w-]{20,}',
  GitHub: 'gh[pousr]_\\w{36,}|github_pat_\\w{22,}',
  GitLab: 'gl(?:pat|ptt|dt|rt|cbt|soat|ft)-[\\w-]{20,}',
  Google: 'AIza[\\w-]{35}|ya29\\.[\\w-]{20,}|GOCSPX-[\\w-]{20,}',
  Grafana: 'gl(?:sa|c)_[\\w-]{20,}',
  Heroku: 'HRKU-[\\w-]{20,}',
  'Hugging Face': 'hf_[A-Za-z]{30,}',
  'JSON Web Token': 'eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]+',
  Linear: 'lin_api_\\w{32,}',
  Mailchimp: '[0-9a-f]{32}-us\\d{1,2}',
  Mailgun: 'key-[0-9a-f]{32}',
  'New Relic': 'NRAK-[A-Z0-9]{20,}',
  Notion: 'ntn_\\w{30,}',
  npm: 'npm_[A-Za-z0-9]{36}',
  OpenAI: 'sk-(?:proj-|svcacct-)?[\\w-]{32,}',
  Postman: 'PMAK-[0-9a-f-]{40,}',
  PyPI: 'pypi-[\\w-]{40,}',
  SendGrid: 'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
  Sentry: 'sntry[su]_[\\w=+/-]{20,}',
  Shopify: 'shp(?:at|ca|pa|ss)_[0-9a-f]{32}',
  Slack: 'xox[abeoprs]-[\\w-]{10,}|xapp-[\\w-]{20,}|hooks\\.slack\\.com/services/\\w+/\\w+/\\w+',
  Stripe: '(?:[rs]k_live|whsec)_\\w{16,}',
  Tailscale: 'tskey-[a-z]+-[\\w-]{16,}',
  Telegram: '\\d{8,10}:AA[\\w-]{33}',
  Terraform: 'atlasv1\\.[\\w=-]{60,}',
  Twilio: 'SK[0-9a-f]{32}',
  Vault: 'hv[sbr]\\.[\\w-]{20,}',
};

export const TOKEN = new RegExp(`\\b(?:${Object.values(TOKENS).join('|')})`);

/** OpenSSH, RSA, EC, PGP, and PuTTY's own. */
export const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY|PuTTY-User-Key-File-\d: /;

/** A password as crypt(3) and Apache keep it: `user:$2y$10$…`. It can be guessed offline. */
export const PASSWORD_HASH =
  /(?:^|[:"'=\s])(?:\$(?:2[abxy]|5|6|apr1|argon2\w*|y)\$[^\s"']{20,}|\{S?SHA\d*\}[\w+/=]{20,}|pbkdf2_sha\d+\$\d+\$[^\s"']{20,}|SCRAM-SHA-256\$\d+:)/m;
