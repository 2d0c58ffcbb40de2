import type { Kubectl } from '../../../cli/cluster/kubectl';

/** Asks Elasticsearch from inside one of its pods, as its superuser; the password stays there. */
export const askElasticsearch = (kubectl: Kubectl, path: string, pod = 'elasticsearch-0'): Promise<string> =>
  kubectl.run(['exec', pod, '--container=elasticsearch', '--', 'sh', '-euc', ASK, 'ask', path]);

const ASK = `
printf 'user = "elastic:%s"' "$(cat /credentials/superuser-password)" |
  curl --config - --silent --show-error --fail-with-body --max-time 20 \\
    --cacert /usr/share/elasticsearch/config/certs/ca.crt "https://localhost:9200$1"
`;
