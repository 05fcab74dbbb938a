using Microsoft.Extensions.Logging;

namespace Tracebloc.ModelUpload.Options;

/// <summary>The Model Registry and the account there.</summary>
internal static class RegistryReader
{
    public static ModelRegistrySettings? Read(OptionReader options)
    {
        var isSecure = options.Flag("registry-is-secure");
        var address = RegistryAddress.Read(options);
        var token = RegistryToken.Read(options);
        var authorities = Authorities(options);
        var level = Level(options);
        if (isSecure == true && token is null)
            options.Findings.Error(
                "--registry-user-token is missing, and a secure Model Registry requires one; give it, "
                + "--registry-user-token-envvar, or --registry-is-secure=false");
        return address is null ? null : new ModelRegistrySettings
        {
            Address = address,
            IsSecure = isSecure ?? true,
            Author = options.Text("registry-author"),
            Token = token,
            CustomCa = authorities,
            LogLevel = level,
        };
    }

    private static string? Authorities(OptionReader options)
    {
        if (options.Find("registry-custom-ca") is not null)
            return options.ReadableFile("registry-custom-ca", PemMark.Certificate);
        if (options.Find("registry-custom-ca-envvar") is not { } name) return null;
        if (options.Variable(name.Text) is { } path) return options.ReadableFile(path, name.Text, PemMark.Certificate);
        options.Reject(name, "that variable is not set: set it to the path of a PEM file");
        return null;
    }

    private static LogLevel Level(OptionReader options)
    {
        if (options.Find("registry-log-level") is not { } value) return LogLevel.Warning;
        if (!LogLevels.TryParse(value.Text, out var level)) options.Reject(value, LogLevels.Remedy);
        return level;
    }
}
