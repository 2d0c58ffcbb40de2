import { join } from 'node:path';
import { flowTable } from '../../rules/flow-table';
import { ingressFlows } from '../../rules/ingress-flows';
import { reachability } from '../../rules/reachability';
import { searchClient } from '../../rules/search-client';
import { strippedPrefixes } from '../../rules/stripped-prefixes';
import { testCases } from '../checker/cases/suites';

// test/checker/rules/cases.test.ts says how cases are written.
testCases(join(__dirname, 'cases'), [flowTable, ingressFlows, reachability, searchClient, strippedPrefixes]);
