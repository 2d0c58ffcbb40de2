import { join } from 'node:path';
import { flowTable } from '../../rules/flow-table';
import { ingressFlows, strippedPrefixes } from '../../rules/ingress';
import { reachability } from '../../rules/reachability';
import { searchClient } from '../../rules/search-client';
import { testCases } from '../checker/cases/suites';

// test/checker/rules/cases.test.ts says how cases are written.
testCases(join(__dirname, 'cases'), [flowTable, ingressFlows, reachability, searchClient, strippedPrefixes]);
