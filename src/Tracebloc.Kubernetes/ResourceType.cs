namespace Tracebloc.Kubernetes;

/// <summary>A kind of resource as the API server addresses it: <c>/apis/{Group}/{Version}/…/{Plural}</c>.</summary>
/// <param name="Group">The API group, for example <c>apps</c>; empty for the core group.</param>
/// <param name="Version">The version within the group, for example <c>v1</c>.</param>
/// <param name="Plural">The name in URLs and in RBAC rules, for example <c>deployments</c>.</param>
/// <param name="Kind">The name in manifests, for example <c>Deployment</c>.</param>
public sealed record ResourceType(string Group, string Version, string Plural, string Kind)
{
    /// <summary><c>apps/v1</c> Deployment.</summary>
    public static ResourceType Deployments { get; } = new("apps", "v1", "deployments", "Deployment");

    /// <summary><c>apps/v1</c> ReplicaSet.</summary>
    public static ResourceType ReplicaSets { get; } = new("apps", "v1", "replicasets", "ReplicaSet");

    /// <summary><c>apps/v1</c> StatefulSet.</summary>
    public static ResourceType StatefulSets { get; } = new("apps", "v1", "statefulsets", "StatefulSet");

    /// <summary><c>apps/v1</c> DaemonSet.</summary>
    public static ResourceType DaemonSets { get; } = new("apps", "v1", "daemonsets", "DaemonSet");

    /// <summary><c>batch/v1</c> CronJob, which Kubernetes serves from 1.21 on.</summary>
    public static ResourceType CronJobs { get; } = new("batch", "v1", "cronjobs", "CronJob");

    /// <summary><c>batch/v1beta1</c> CronJob, which Kubernetes served up to 1.24.</summary>
    public static ResourceType CronJobsBeta { get; } = new("batch", "v1beta1", "cronjobs", "CronJob");

    /// <summary><c>batch/v1</c> Job.</summary>
    public static ResourceType Jobs { get; } = new("batch", "v1", "jobs", "Job");

    /// <summary><c>v1</c> Pod.</summary>
    public static ResourceType Pods { get; } = new("", "v1", "pods", "Pod");

    /// <summary><c>v1</c> ConfigMap.</summary>
    public static ResourceType ConfigMaps { get; } = new("", "v1", "configmaps", "ConfigMap");

    /// <summary><c>v1</c> Secret.</summary>
    public static ResourceType Secrets { get; } = new("", "v1", "secrets", "Secret");

    /// <summary><c>v1</c> ServiceAccount.</summary>
    public static ResourceType ServiceAccounts { get; } = new("", "v1", "serviceaccounts", "ServiceAccount");

    /// <summary><c>v1</c> Service.</summary>
    public static ResourceType Services { get; } = new("", "v1", "services", "Service");

    /// <summary><c>v1</c> PersistentVolumeClaim.</summary>
    public static ResourceType PersistentVolumeClaims { get; } =
        new("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim");

    /// <summary><c>events.k8s.io/v1</c> Event, which Kubernetes serves from 1.19 on.</summary>
    public static ResourceType Events => KubernetesEvent.Type;

    /// <summary><c>coordination.k8s.io/v1</c> Lease.</summary>
    public static ResourceType Leases { get; } = new("coordination.k8s.io", "v1", "leases", "Lease");

    /// <summary><c>v1</c> Namespace; it lives in no namespace itself.</summary>
    public static ResourceType Namespaces { get; } = new("", "v1", "namespaces", "Namespace");

    /// <summary><c>v1</c> Node; it lives in no namespace.</summary>
    public static ResourceType Nodes { get; } = new("", "v1", "nodes", "Node");

    /// <summary><c>authentication.k8s.io/v1</c> TokenReview: created only, to learn whose a token is.</summary>
    public static ResourceType TokenReviews { get; } =
        new("authentication.k8s.io", "v1", "tokenreviews", "TokenReview");

    /// <summary><c>authorization.k8s.io/v1</c> SubjectAccessReview: created only, to learn a user's rights.</summary>
    public static ResourceType SubjectAccessReviews { get; } =
        new("authorization.k8s.io", "v1", "subjectaccessreviews", "SubjectAccessReview");

    /// <summary><c>authorization.k8s.io/v1</c> SelfSubjectAccessReview: created only, to learn one's rights.</summary>
    public static ResourceType SelfSubjectAccessReviews { get; } =
        new("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview");

    /// <summary>As manifests write it: <c>apps/v1</c>, or <c>v1</c> for the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>
    /// As RBAC and error messages write it: <c>deployments.apps</c>, or <c>pods</c> for the core group.
    /// </summary>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
