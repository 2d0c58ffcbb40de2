import { rules } from '../../../checker/rules';
import { testCases } from '../cases/suites';

// The tests of the rules, as data: <subject>/<rule>.yaml has the cases of one rule. Each changes one thing in the small
// environment (test/checker/small-environment), which breaks no rule, and says what the rule then finds.
//
//   cases:
//     - finds: more replicas than the quota allows       # or `accepts:`, which has no findings
//       set:                                             # paths are those of findings; [name] or [number] in a list
//         Deployment/web spec.replicas: 20
//         Deployment/web spec.template.spec.containers[web].image: web:1
//       append: { Service/web spec.ports: [{ port: 81 }] }
//       remove: [Deployment/web spec.strategy]
//       add: [{ apiVersion: v1, kind: Service, metadata: { name: other } }]
//       without: [Service/postgres]
//       given: { own: null, fakeSecrets: true }          # what the objects do not say; null: not known
//       committed: {}                                    # the last commit: the small environment, or a change to it
//       findings: |                                      # every one, in order: where, value as JSON, what is wrong
//         Deployment/web spec.replicas: 20 is too many
//           Use 3                                        # an indented line is the remedy; optional for the whole case
//     - finds: the tag $tag                              # a table: one test for each row, $column is its value
//       each: [{ tag: latest, wrong: moves }, { tag: main, wrong: moves }]   # or, of one column: { tag: [latest, main] }
//
// What all cases of a file have in common is beside `cases`. `npx jest test/checker/rules -t mounts` runs the cases of one rule.

testCases(__dirname, rules);
