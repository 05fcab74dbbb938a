using Tracebloc.Configuration;
using Tracebloc.ModelUpload.Credentials;

namespace Tracebloc.ModelUpload.Options;

/// <summary>
/// The token for the Model Registry: the option, the file that a named variable names, the file of Kubeflow Pipelines,
/// the pod's service account.
/// </summary>
internal static class RegistryToken
{
    private const string OfPipelines = "KF_PIPELINES_SA_TOKEN_PATH";

    public static Secret? Read(OptionReader options)
    {
        if (options.Find("registry-user-token") is { } value) return options.Findings.Hide(value.Text.Trim());
        if (options.Find("registry-user-token-envvar") is { } name)
        {
            if (options.Variable(name.Text) is { } path) return File(options, path, name.Text, isRequired: true);
            options.Reject(name, "that variable is not set: set it to the path of a file with the token");
            return null;
        }
        return (options.Variable(OfPipelines) is { } file ? File(options, file, OfPipelines, isRequired: false) : null)
            ?? File(options, TokenFile.OfServiceAccount, "service account token", isRequired: false);
    }

    private static Secret? File(OptionReader options, string path, string place, bool isRequired)
    {
        var token = TokenFile.Read(path, options.Files, out var isAbsent, out var fault);
        if (token is not null) return options.Findings.Hide(token);
        if (isRequired || !isAbsent) options.Findings.Error($"{place}: {path} {fault}");
        return null;
    }
}
