using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Relations;

/// <summary>References of a pod, within itself and to other objects.</summary>
internal static class PodRelations
{
    /// <summary>The objects in ci/*.yaml that an operator has created.</summary>
    private static readonly string[] TheOperators =
    [
        "company-authorities", "harbor-pull", "tracebloc-client", "tracebloc-db", "tracebloc-keyring",
        "tracebloc-webhook",
    ];

    public static IReadOnlyList<RelationRule> Rules { get; } =
    [
        new(
            "Every mount has its volume",
            chart => from workload in chart.Workloads
                     from container in workload.AllContainers
                     from mount in container.Mounts
                     let name = mount["name"].Text
                     select new Relation(
                         $"{workload.Id}: container {container.Name} mounts {name}",
                         workload.Volumes.Any(volume => volume["name"].Text == name)),
            "{kind: Pod, spec: {containers: [{name: main, volumeMounts: [{name: lost, mountPath: /lost}]}]}}"),
        new(
            "Every volume is mounted, but for a claim that is to be made with the pod",
            chart => from workload in chart.Workloads
                     from volume in workload.Volumes
                     where volume.At("persistentVolumeClaim.claimName").Text != "client-pvc"
                     let name = volume["name"].Text
                     select new Relation(
                         $"{workload.Id}: volume {name}",
                         workload.AllContainers.SelectMany(one => one.Mounts).Any(one => one["name"].Text == name)),
            "{kind: Pod, spec: {containers: [{name: main}], volumes: [{name: idle, emptyDir: {}}]}}"),
        new(
            "No variable is set twice",
            chart => from workload in chart.Workloads
                     from container in workload.AllContainers
                     from variable in container.Env.CountBy(entry => entry["name"].Text)
                     select new Relation(
                         $"{workload.Id}: container {container.Name} sets {variable.Key}", variable.Value == 1),
            "{kind: Pod, spec: {containers: [{name: main, env: [{name: A, value: b}, {name: A, value: c}]}]}}"),
        new(
            "Every volume's claim is made",
            chart => from workload in chart.Workloads
                     from volume in workload.Volumes
                     let claim = volume.At("persistentVolumeClaim.claimName")
                     where claim.Exists
                     select new Relation(
                         $"{workload.Id} claims {claim.Text}",
                         Around(chart, workload).Has("PersistentVolumeClaim", claim.Text)),
            "{kind: Pod, spec: {volumes: [{name: data, persistentVolumeClaim: {claimName: nowhere}}]}}"),
        new(
            "Every ConfigMap that is mounted is made, with the files that are mounted from it",
            chart => from workload in chart.Workloads
                     from volume in workload.Volumes
                     let name = volume.At("configMap.name")
                     where name.Exists && !TheOperators.Contains(name.Text)
                     select new Relation(
                         $"{workload.Id} mounts ConfigMap {name.Text}",
                         Around(chart, workload).Has("ConfigMap", name.Text) && SubPaths(workload, volume)
                             .All(file => chart.Find("ConfigMap", name.Text)["data"][file].Exists)),
            "{kind: Pod, spec: {volumes: [{name: data, configMap: {name: nowhere}}]}}"),
        new(
            "Every Secret that is mounted is made",
            chart => from workload in chart.Workloads
                     let mounted = workload.Volumes.Select(volume => volume.At("secret.secretName"))
                     from name in mounted.Concat(workload.Pod["imagePullSecrets"].Items.Select(item => item["name"]))
                     where name.Exists && !TheOperators.Contains(name.Text)
                     select new Relation(
                         $"{workload.Id}: Secret {name.Text}", Around(chart, workload).Has("Secret", name.Text)),
            "{kind: Pod, spec: {imagePullSecrets: [{name: nowhere}]}}"),
        new(
            "Every key of a Secret that is read is made",
            chart => from workload in chart.Workloads
                     from container in workload.AllContainers
                     from entry in container.Env
                     let secret = entry.At("valueFrom.secretKeyRef")
                     where secret.Exists && !TheOperators.Contains(secret["name"].Text)
                     select new Relation(
                         $"{workload.Id} reads {secret["key"].Text} of Secret {secret["name"].Text}",
                         Around(chart, workload).Has("Secret", secret["name"].Text)
                         && HasKey(Around(chart, workload).Find("Secret", secret["name"].Text), secret["key"].Text)),
            "{kind: Pod, spec: {containers: [{name: main, env: [{name: A, "
            + "valueFrom: {secretKeyRef: {name: nowhere, key: a}}}]}]}}"),
    ];

    /// <summary>The objects that the pods of a workload can refer to: those of their namespace.</summary>
    private static Rendering Around(Rendering chart, Workload workload) => chart.In(workload.Manifest.Namespace);

    private static bool HasKey(Manifest secret, string key) =>
        secret["stringData"][key].Exists || secret["data"][key].Exists;

    private static IEnumerable<string> SubPaths(Workload workload, Node volume) => workload.AllContainers
        .SelectMany(container => container.Mounts)
        .Where(mount => mount["name"].Text == volume["name"].Text && mount["subPath"].Exists)
        .Select(mount => mount["subPath"].Text);
}
