#!/usr/bin/env groovy
// vars/lint.groovy: a step of a shared library
def call(Map config = [:]) {
  def image = config.image ?: 'acme/default:1'
  docker.image('golangci/golangci-lint:v2.1').inside("-v ${env.HOME}/.cache:/cache") {
    sh 'golangci-lint run'
  }
  docker.image(config.image).inside { sh 'true' }
  podTemplate(containers: [containerTemplate(name: 'go', image: 'golang:1.25', ttyEnabled: true)]) {
    node(POD_LABEL) { sh 'go version' }
  }
}
