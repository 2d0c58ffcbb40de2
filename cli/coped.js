#!/usr/bin/env node
require('./register.js');
require('./coped.ts');
