{{/*
The namespace of the cluster's DNS, by the label that every namespace has since Kubernetes 1.21; before that any
namespace, and the labels of the DNS pods decide.
Call: include "client.dnsNamespace" $
*/}}
{{- define "client.dnsNamespace" -}}
{{- if semverCompare ">=1.21-0" .Capabilities.KubeVersion.Version -}}
matchLabels:
  kubernetes.io/metadata.name: {{ ((.Values.networkPolicy).training).dnsNamespace | default "kube-system" | quote }}
{{- else -}}
{}
{{- end -}}
{{- end }}

{{/*
A policy by which pods accept one port, from their own namespace or from anywhere.
Call: include "client.ingressPolicy" (list $ component selector port fromAnywhere)
*/}}
{{- define "client.ingressPolicy" -}}
{{- if ne (len .) 5 }}{{ fail "client.ingressPolicy takes (list $ component app port fromAnywhere)" }}{{ end -}}
{{- $root := index . 0 -}}
{{- $name := include "client.name" (list $root (printf "%s-ingress" (index . 1))) -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "client.metadata" (list $root $name (index . 1)) | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      app: {{ index . 2 }}
  policyTypes: [Ingress]
  ingress:
    - ports:
        - {port: {{ index . 3 }}, protocol: TCP}
      {{- if not (index . 4) }}
      from:
        - podSelector: {}
      {{- end }}
{{- end }}

{{/*
The networks of the cluster's pods and services, as a YAML list. A release older than the value has none; an empty list
comes from the operator, and client.validate rejects it.
Call: include "client.clusterCidrs" $
*/}}
{{- define "client.clusterCidrs" -}}
{{- $given := ((.Values.networkPolicy).training).clusterCidrs -}}
{{- toYaml (kindIs "slice" $given | ternary $given (list "10.0.0.0/8" "172.16.0.0/12" "192.168.0.0/16")) -}}
{{- end }}

{{/*
The ports of the API server and of the central backend, as a YAML list.
Call: include "client.apiServerPorts" $
*/}}
{{- define "client.apiServerPorts" -}}
{{- $ports := list 443 -}}
{{- range (.Values.networkPolicy).apiServerPorts | default (list 443 6443 8443 16443) -}}
{{- $ports = append $ports (int .) -}}
{{- end -}}
{{- toYaml (uniq $ports) -}}
{{- end }}

{{/*
The way to the cluster's DNS, as a list of egress rules. The DNS pods of OpenShift listen on 5353, and a policy sees the
port of the pod, not that of the Service. NodeLocal DNSCache is no pod to a policy, because it has the node's network.
Call: include "client.dnsEgress" $
*/}}
{{- define "client.dnsEgress" -}}
{{- $training := (.Values.networkPolicy).training | default dict -}}
- to:
    - namespaceSelector:
        {{- include "client.dnsNamespace" . | nindent 8 }}
      podSelector:
        matchLabels:
          {{- toYaml ($training.dnsSelector | default (dict "k8s-app" "kube-dns")) | nindent 10 }}
    {{- range $training.dnsCidrs | default (list "169.254.20.10/32") }}
    - ipBlock:
        cidr: {{ . | quote }}
    {{- end }}
  ports:
    - {port: 53, protocol: UDP}
    - {port: 53, protocol: TCP}
    {{- if eq "openshift-dns" ($training.dnsNamespace | default "") }}
    - {port: 5353, protocol: UDP}
    - {port: 5353, protocol: TCP}
    {{- end }}
{{- end }}

{{/*
The way to one port of pods in the namespace, as a list of egress rules.
Call: include "client.podEgress" (list "mysql-client" 3306)
*/}}
{{- define "client.podEgress" -}}
{{- if ne (len .) 2 }}{{ fail "client.podEgress takes (list app port)" }}{{ end -}}
- to:
    - podSelector:
        matchLabels:
          app: {{ index . 0 }}
  ports:
    - {port: {{ index . 1 }}, protocol: TCP}
{{- end }}
