{{/*
Labels and annotations of a pod that stays: the chart's own over the values', because selectors need the former.
Call: include "client.podMetadata" (list $ $labels $annotations)
*/}}
{{- define "client.podMetadata" -}}
{{- if ne (len .) 3 }}{{ fail "client.podMetadata takes (list $ labels annotations)" }}{{ end -}}
{{- $given := (index . 0).Values.pods | default dict -}}
{{- $labels := mergeOverwrite (dict) (deepCopy ($given.labels | default dict)) (index . 1) -}}
{{- $annotations := mergeOverwrite (dict) (deepCopy ($given.annotations | default dict)) (index . 2) -}}
labels:
  {{- toYaml $labels | nindent 2 }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/*
The same for a pod that ends: it stays out of service meshes, because a sidecar that outlives the program keeps the Job
running until its deadline. pods.jobs overrides that.
Call: include "client.jobPodMetadata" (list $ $labels $annotations)
*/}}
{{- define "client.jobPodMetadata" -}}
{{- if ne (len .) 3 }}{{ fail "client.jobPodMetadata takes (list $ labels annotations)" }}{{ end -}}
{{- $root := index . 0 -}}
{{- $pods := $root.Values.pods | default dict -}}
{{- $given := $pods.jobs | default dict -}}
{{- $out := include "client.meshOptOut" $root | fromYaml -}}
{{- $labels := mergeOverwrite (dict) $out.labels (deepCopy ($given.labels | default dict)) (index . 1) -}}
{{- $annotations := mergeOverwrite (dict)
    $out.annotations (deepCopy ($given.annotations | default dict)) (index . 2) -}}
{{- include "client.podMetadata" (list $root $labels $annotations) -}}
{{- end }}

{{/*
Labels and annotations that keep sidecars out of a pod: Istio and Kuma read the label, Linkerd and Consul the
annotation, and versions of Istio and Kuma before the label read the annotation.
Call: include "client.meshOptOut" $ | fromYaml
*/}}
{{- define "client.meshOptOut" -}}
labels:
  sidecar.istio.io/inject: "false"
  kuma.io/sidecar-injection: disabled
annotations:
  sidecar.istio.io/inject: "false"
  kuma.io/sidecar-injection: disabled
  linkerd.io/inject: disabled
  consul.hashicorp.com/connect-inject: "false"
{{- end }}

{{/*
The file with the authorities of caBundle in a container that has client.caMount; empty without caBundle.
Call: include "client.caFile" $
*/}}
{{- define "client.caFile" -}}
{{- if .Values.caBundle }}/etc/tracebloc/ca/ca.crt{{ end -}}
{{- end }}

{{/*
The mount of caBundle, as a list of mounts; empty without caBundle.
Call: include "client.caMount" $
*/}}
{{- define "client.caMount" -}}
{{- if .Values.caBundle -}}
- name: ca
  mountPath: /etc/tracebloc/ca
  readOnly: true
{{- end -}}
{{- end }}

{{/*
The volume of client.caMount, as a list of volumes.
Call: include "client.caVolume" $
*/}}
{{- define "client.caVolume" -}}
{{- with .Values.caBundle -}}
- name: ca
  configMap:
    name: {{ . | quote }}
{{- end -}}
{{- end }}

{{/*
The probes of jobs-manager and requests-proxy, which run the same server.
Call: include "client.webProbes" $
*/}}
{{- define "client.webProbes" -}}
livenessProbe:
  httpGet:
    path: /healthz
    port: http
  periodSeconds: 10
  timeoutSeconds: 5
readinessProbe:
  httpGet:
    path: /readyz
    port: http
  periodSeconds: 5
  timeoutSeconds: 5
{{- end }}
