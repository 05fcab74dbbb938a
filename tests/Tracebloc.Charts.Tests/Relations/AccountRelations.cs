using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Relations;

/// <summary>Relations between pods, service accounts, bindings and roles.</summary>
internal static class AccountRelations
{
    public static IReadOnlyList<RelationRule> Rules { get; } =
    [
        new(
            "Every pod's service account is made",
            chart => from workload in chart.Workloads
                     where workload.ServiceAccount != ""
                     select new Relation(
                         $"{workload.Id} runs as {workload.ServiceAccount}",
                         chart.Has("ServiceAccount", workload.ServiceAccount, workload.Manifest.Namespace)),
            "{kind: Pod, spec: {serviceAccountName: nobody}}"),
        new(
            "Only a pod that talks to the API server holds a token for it",
            chart => from workload in chart.Workloads
                     let account = workload.ServiceAccount
                     select new Relation(
                         $"{workload.Id} as \"{account}\"",
                         TokenIsMounted(chart, workload) == chart.Roles.Any(role => IsBound(chart, role, account))),
            "{kind: Pod, metadata: {name: main}}"),
        new(
            "A binding joins a role and an account of the chart",
            chart => from binding in chart.Manifests
                     where binding.Kind is "RoleBinding" or "ClusterRoleBinding"
                     from subject in binding["subjects"].Items
                     let role = binding["roleRef"]
                     select new Relation(
                         $"{binding.Id} gives {role["kind"].Text} {role["name"].Text} to {subject["name"].Text}",
                         chart.Has(
                             role["kind"].Text, role["name"].Text,
                             role["kind"].Text == "ClusterRole" ? "" : binding.Namespace)
                         && chart.Has("ServiceAccount", subject["name"].Text)
                         && subject["namespace"].Text == chart.Find("ServiceAccount", subject["name"].Text).Namespace),
            "{kind: RoleBinding, roleRef: {kind: Role, name: nothing}, subjects: [{name: nobody}]}"),
        new(
            "Every role is given to somebody",
            chart => from role in chart.Roles
                     select new Relation(role.Id, BindingsOf(chart, role).Any()),
            "{kind: Role, metadata: {name: idle}}"),
        new(
            "No role grants what it does not name",
            chart => from role in chart.Roles
                     from rule in role.Rules
                     select new Relation(
                         $"{role.Id}: {rule}",
                         rule is { Groups: not [], Resources: not [], Verbs: not [] } && !rule.Words.Contains("*")),
            "{kind: Role, metadata: {name: all}, rules: [{apiGroups: [''], resources: ['*'], verbs: [get]}]}"),
        new(
            "No role is above the others",
            chart => from role in chart.Roles
                     from rule in role.Rules
                     select new Relation(
                         $"{role.Id}: {rule}", !rule.Verbs.Intersect(["escalate", "bind", "impersonate"]).Any()),
            "{kind: Role, metadata: {name: king}, rules: [{apiGroups: [a], resources: [roles], verbs: [escalate]}]}"),
    ];

    private static bool TokenIsMounted(Rendering chart, Workload workload) =>
        (workload.Pod["automountServiceAccountToken"] is { Exists: true } own
            ? own
            : chart.Manifests
                .FirstOrDefault(one => one.Kind == "ServiceAccount" && one.Name == workload.ServiceAccount)
                ?["automountServiceAccountToken"] ?? Node.Nothing).Text != "false";

    private static bool IsBound(Rendering chart, Role role, string account) => BindingsOf(chart, role)
        .SelectMany(binding => binding["subjects"].Items)
        .Any(subject => subject["name"].Text == account);

    private static IEnumerable<Manifest> BindingsOf(Rendering chart, Role role) => chart.Manifests
        .Where(manifest => $"{manifest.At("roleRef.kind").Text}/{manifest.At("roleRef.name").Text}" == role.Id);
}
