{{/*
The name of the class that the chart makes; empty when it makes none.
Call: include "client.ownStorageClass" $
*/}}
{{- define "client.ownStorageClass" -}}
{{- $class := .Values.storageClass | default dict -}}
{{- $create := ternary $class.create (not (empty $class.provisioner)) (kindIs "bool" $class.create) -}}
{{- if $create }}{{ include "client.name" (list . "storage-class") }}{{ end -}}
{{- end }}

{{/*
storageClassName of volumes and claims. A claim's class cannot change, so this follows 1.x wherever 1.x rendered at all.
Volumes of hostPath without a class need an empty one, or the cluster's default class takes the claim.
Call: include "client.storageClassName" $
*/}}
{{- define "client.storageClassName" -}}
{{- $class := .Values.storageClass | default dict -}}
{{- if include "client.ownStorageClass" . -}}
storageClassName: {{ include "client.ownStorageClass" . }}
{{- else if eq false $class.create -}}
storageClassName: {{ $class.name | quote }}
{{- else if (.Values.hostPath).enabled -}}
storageClassName: ""
{{- end -}}
{{- end }}

{{/*
One claim and, with hostPath, its volume. Both outlive the release.
Call: include "client.volume" (list $ "data" "client-pvc" folder), the key in pvc, the claim and the folder on the
node
*/}}
{{- define "client.volume" -}}
{{- if ne (len .) 4 }}{{ fail "client.volume takes (list $ key claim folder)" }}{{ end -}}
{{- $root := index . 0 -}}
{{- $size := index ($root.Values.pvc | default dict) (index . 1) -}}
{{- $hostPath := ($root.Values.hostPath).enabled | default false -}}
{{- $volume := include "client.name" (list $root (printf "%s-pv" (index . 1))) -}}
{{- if $hostPath -}}
apiVersion: v1
kind: PersistentVolume
metadata:
  {{- include "client.clusterMetadata" (list $root $volume "storage") | nindent 2 }}
  annotations:
    helm.sh/resource-policy: keep
spec:
  {{- include "client.storageClassName" $root | nindent 2 }}
  capacity:
    storage: {{ $size }}
  accessModes: [ReadWriteOnce]
  claimRef:
    name: {{ index . 2 }}
    namespace: {{ $root.Release.Namespace | quote }}
  hostPath:
    path: {{ index . 3 | quote }}
    type: DirectoryOrCreate
---
{{ end -}}
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  {{- include "client.metadata" (list $root (index . 2) "storage") | nindent 2 }}
  annotations:
    helm.sh/resource-policy: keep
spec:
  {{- with include "client.storageClassName" $root }}
  {{- . | nindent 2 }}
  {{- end }}
  accessModes: [{{ $root.Values.pvcAccessMode | default (ternary "ReadWriteOnce" "ReadWriteMany" $hostPath) }}]
  resources:
    requests:
      storage: {{ $size }}
{{- end }}
