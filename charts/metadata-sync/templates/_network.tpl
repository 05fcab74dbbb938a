{{/*
The ways out of a pod, as a list of egress rules: the cluster's DNS, and MySQL where there is one.
Call: include "metadata-sync.egress" $
*/}}
{{- define "metadata-sync.egress" -}}
{{- $policy := .Values.networkPolicy -}}
- to:
    - namespaceSelector:
        {{- if semverCompare ">=1.21-0" .Capabilities.KubeVersion.Version }}
        matchLabels:
          kubernetes.io/metadata.name: {{ $policy.dnsNamespace | quote }}
        {{- else }} {}
        {{- end }}
      podSelector:
        matchLabels:
          {{- toYaml ($policy.dnsSelector | default (dict "k8s-app" "kube-dns")) | nindent 10 }}
    {{- range $policy.dnsCidrs }}
    - ipBlock:
        cidr: {{ . | quote }}
    {{- end }}
  ports:
    - {port: 53, protocol: UDP}
    - {port: 53, protocol: TCP}
    {{- if eq "openshift-dns" $policy.dnsNamespace }}
    - {port: 5353, protocol: UDP}
    - {port: 5353, protocol: TCP}
    {{- end }}
{{- if include "metadata-sync.hasDatabase" . }}
- ports:
    - {port: {{ .Values.mysql.port | default 3306 }}, protocol: TCP}
  {{- with $policy.mysqlPeers }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}
