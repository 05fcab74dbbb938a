namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>The rules of Roles that an operator may give the program.</summary>
internal static class Rules
{
    /// <summary>The least that it needs.</summary>
    public static string Least(string deployment) => $$"""
        [{"apiGroups": ["apps"], "resources": ["deployments"], "resourceNames": ["{{deployment}}"],
          "verbs": ["get", "patch"]}]
        """;

    /// <summary>With the watch of that one Deployment.</summary>
    public static string Watching(string deployment) => $$"""
        [{"apiGroups": ["apps"], "resources": ["deployments"], "resourceNames": ["{{deployment}}"],
          "verbs": ["get", "patch", "watch"]}]
        """;

    /// <summary>All Deployments of the namespace, and their pods.</summary>
    public const string All = """
        [{"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get", "patch", "watch"]},
         {"apiGroups": [""], "resources": ["pods"], "verbs": ["list"]},
         {"apiGroups": ["apps"], "resources": ["replicasets"], "verbs": ["list"]}]
        """;

    public const string None = "[]";
}
