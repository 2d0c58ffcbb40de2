/**
 * The Kubernetes API as types and classes, from cdk8s-plus-27. Not from the package's index: that loads its high-level
 * classes as well, which nothing here uses and which take a tenth of a synth.
 */
export * as k8s from 'cdk8s-plus-27/lib/imports/k8s';
