{{/*
The chart's own requests and limits. The database's memory request equals its limit, so that it is evicted last.
Call: $own := include "client.ownResources" $ | fromYaml
*/}}
{{- define "client.ownResources" -}}
jobsManager: {requests: {cpu: 50m, memory: 64Mi}, limits: {cpu: "1", memory: 256Mi}}
podsMonitor: {requests: {cpu: 100m, memory: 512Mi}, limits: {cpu: 500m, memory: 512Mi}}
requestsProxy: {requests: {cpu: 50m, memory: 64Mi}, limits: {cpu: "1", memory: 256Mi}}
ingestion: {requests: {cpu: 250m, memory: 512Mi}, limits: {cpu: "2", memory: 1Gi}}
mysql: {requests: {cpu: 250m, memory: 1Gi}, limits: {memory: 1Gi}}
imageRefresh: {requests: {cpu: 20m, memory: 64Mi}, limits: {cpu: 200m, memory: 128Mi}}
autoUpgrade: {requests: {cpu: 50m, memory: 128Mi}, limits: {cpu: 500m, memory: 512Mi}}
test: {requests: {cpu: 20m, memory: 64Mi}, limits: {cpu: 200m, memory: 128Mi}}
{{- end }}

{{/*
Requests and limits of a container: the values merged over the chart's own.
Call: include "client.resources" (list "mysql" given)
*/}}
{{- define "client.resources" -}}
{{- if ne (len .) 2 }}{{ fail "client.resources takes (list name given)" }}{{ end -}}
{{- $own := index (include "client.ownResources" . | fromYaml) (index . 0) -}}
{{- toYaml (mergeOverwrite $own (deepCopy (index . 1 | default dict))) -}}
{{- end }}
