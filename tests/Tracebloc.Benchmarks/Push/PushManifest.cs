namespace Tracebloc.Benchmarks.Push;

/// <summary>
/// As much of a release as a push needs: jobs-manager in a pod, its policy, the volume, and no chart. Beside them a pod
/// that receives files by tar, with the resources of a staging pod.
/// </summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Volume">The folder of the volume on the node, which is this machine.</param>
/// <param name="Images">The images by reference.</param>
/// <param name="Database">The way to the database, and the name of its account and of jobs-manager's records.</param>
/// <param name="Backend">The central backend, in place of requests-proxy.</param>
internal sealed record PushManifest(
    string Namespace, string Volume, PushImages Images, (string Host, int Port, string Name) Database, Uri Backend)
{
    /// <summary>The label of what belongs to no namespace.</summary>
    public const string Label = "app.kubernetes.io/part-of=tracebloc-benchmark";

    /// <summary>The pod that receives files by tar.</summary>
    public const string Receiver = "receiver";

    /// <summary>jobs-manager.</summary>
    public const string Deployment = "edge-jobs-manager";

    public override string ToString() => $$$"""
        apiVersion: v1
        kind: PersistentVolume
        metadata:
          name: {{{Namespace}}}
          labels: {app.kubernetes.io/part-of: tracebloc-benchmark}
        spec:
          storageClassName: benchmark
          capacity: {storage: 100Gi}
          accessModes: [ReadWriteMany]
          persistentVolumeReclaimPolicy: Retain
          claimRef: {namespace: {{{Namespace}}}, name: client-pvc}
          hostPath: {path: {{{Volume}}} }
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: {{{Namespace}}}
          labels: {app.kubernetes.io/part-of: tracebloc-benchmark}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
        subjects: [{kind: ServiceAccount, name: jobs-manager, namespace: {{{Namespace}}} }]
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: client-pvc}
        spec:
          storageClassName: benchmark
          accessModes: [ReadWriteMany]
          resources: {requests: {storage: 100Gi}}
        ---
        {apiVersion: v1, kind: ServiceAccount, metadata: {name: jobs-manager}}
        ---
        {apiVersion: v1, kind: ServiceAccount, metadata: {name: ingestor}}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: ingest-db}
        stringData: {DB_USER: {{{Database.Name}}}, DB_PASSWORD: not-a-password}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: edge-ingestion-authz}
        data:
          ingestion-authz.yaml: "allowed: [{service_account: ingestor, table_prefixes: ['*']}]"
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: jobs-manager}
        spec:
          selector: {app: manager}
          ports: [{port: 8080, targetPort: 8080}]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {{{Deployment}}}
          labels:
            app.kubernetes.io/name: client
            app.kubernetes.io/instance: edge
            app.kubernetes.io/managed-by: Helm
        spec:
          selector: {matchLabels: {app: manager}}
          template:
            metadata: {labels: {app: manager}}
            spec:
              serviceAccountName: jobs-manager
              terminationGracePeriodSeconds: 1
              containers:
              - name: api
                image: {{{Images.JobsManager}}}
                args: [serve]
                readinessProbe: {httpGet: {path: /readyz, port: 8080}, periodSeconds: 1}
                env:
                - {name: LISTEN, value: 0.0.0.0:8080}
                - {name: CLIENT_ENV, value: dev}
                - {name: MYSQL_HOST, value: {{{Database.Host}}} }
                - {name: MYSQL_PORT, value: "{{{Database.Port}}}"}
                - {name: DB_NAME, value: {{{Database.Name}}} }
                - name: DB_USER
                  valueFrom: {secretKeyRef: {name: ingest-db, key: DB_USER}}
                - name: DB_PASSWORD
                  valueFrom: {secretKeyRef: {name: ingest-db, key: DB_PASSWORD}}
                - {name: POD_TOKEN_SIGNING_SECRET, value: benchmark-signing-secret-of-48-characters-000000}
                - {name: REQUESTS_PROXY_URL, value: "{{{Backend}}}"}
                - {name: INGESTION_AUTHZ, value: /etc/tracebloc/ingestion-authz.yaml}
                - {name: CLIENT_PVC, value: client-pvc}
                - {name: INGEST_DB_SECRET, value: ingest-db}
                - {name: INGESTOR_IMAGE_REPOSITORY, value: {{{Images.Ingestor.Split('@')[0]}}} }
                - {name: INGESTOR_IMAGE_DIGEST, value: "{{{Images.Ingestor.Split('@')[1]}}}"}
                volumeMounts:
                - {name: ingestion-authz, mountPath: /etc/tracebloc, readOnly: true}
              volumes:
              - {name: ingestion-authz, configMap: {name: edge-ingestion-authz}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: {{{Receiver}}} }
        spec:
          terminationGracePeriodSeconds: 1
          securityContext: {runAsUser: 65534, runAsGroup: 65534}
          containers:
          - name: receiver
            image: {{{Images.Tools}}}
            resources:
              requests: {cpu: 100m, memory: 128Mi}
              limits: {cpu: "2", memory: 512Mi}
            volumeMounts: [{name: data, mountPath: /data/shared}]
          volumes:
          - {name: data, persistentVolumeClaim: {claimName: client-pvc}}

        """;
}

/// <summary>The references of images in the node's store.</summary>
internal sealed record PushImages(string JobsManager, string Ingestor, string Tools);
