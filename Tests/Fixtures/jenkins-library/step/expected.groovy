#!/usr/bin/env groovy
// vars/lint.groovy: a step of a shared library
def call(Map config = [:]) {
  def image = config.image ?: 'acme/default:1'
  docker.image('golangci/golangci-lint:v2.1@sha256:c5efe6cb7fa2bfa5ba8ff7217c40b782d9957d7d0d91cc09d9420aadab1dfac1').inside("-v ${env.HOME}/.cache:/cache") {
    sh 'golangci-lint run'
  }
  docker.image(config.image).inside { sh 'true' }
  podTemplate(containers: [containerTemplate(name: 'go', image: 'golang:1.25@sha256:10ae8c2c7dc154e65a98a64657e328b3d16d3efb6664e24fc276220a29c0345c', ttyEnabled: true)]) {
    node(POD_LABEL) { sh 'go version' }
  }
}
