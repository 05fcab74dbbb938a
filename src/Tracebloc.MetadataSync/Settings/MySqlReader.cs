using Tracebloc.Configuration;
using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Settings;

/// <summary>Reads the stanza <c>mysql</c>.</summary>
internal static class MySqlReader
{
    private const int HighestPort = 65_535, MostConnections = 1000;

    /// <summary>The settings; null where the stanza describes no server, or is wrong.</summary>
    /// <param name="stanza">The stanza.</param>
    /// <param name="isNeeded">False while storage is switched off: then nothing need be there.</param>
    /// <param name="warnings">Receives a key without effect.</param>
    public static MySqlSettings? Read(Stanza stanza, bool isNeeded, List<string> warnings)
    {
        var isEnabled = stanza.Reader.Boolean("enabled");
        var (host, user, database) = (stanza.Text("host"), stanza.Text("user"), stanza.Text("database"));
        var settings = new MySqlSettings
        {
            Host = host ?? "",
            User = user ?? "",
            Database = database ?? "",
            Password = Password(stanza, isNeeded) ?? new Secret(""),
            Port = stanza.Count("port", 3306, HighestPort),
            MostConnections = stanza.Count("maxOpenConns", 25, MostConnections),
            MostIdleConnections = stanza.Count("maxIdleConns", 5, MostConnections),
            ConnectionLife = stanza.Period("connMaxLifetime", TimeSpan.FromMinutes(5)),
            CaFile = CaFile(stanza),
        };
        var isDescribed = new[] { host, user, database }.Any(each => !string.IsNullOrEmpty(each));
        if (isDescribed && isEnabled == false)
            warnings.Add("mysql.enabled: false has no effect, since the server is described; to switch the program "
                + "off, set metadataStorage.enableMetadataStorage to false");
        if (!isDescribed && isEnabled != true) return null;
        if (isNeeded) Require(stanza, settings);
        return settings;
    }

    private static void Require(Stanza stanza, MySqlSettings settings)
    {
        Require("host", settings.Host, "host: mysql");
        Require("user", settings.User, "user: metadata-sync");
        Require("database", settings.Database, "database: michelangelo");
        if (settings.Database.Length > SqlName.Longest)
            stanza.Reader.Refuse("database", $"must have at most {SqlName.Longest} characters");
        // An empty password is one, as it is today.
        if (stanza.Reader.Mapping.Entries.All(entry => entry.Key is not ("password" or "passwordFile")))
            stanza.Reader.Missing("password", "write passwordFile: /etc/metadata-sync/mysql/password");

        void Require(string key, string value, string example)
        {
            if (value.Length == 0) stanza.Reader.Missing(key, $"write {example}");
        }
    }

    private static Secret? Password(Stanza stanza, bool isNeeded)
    {
        var (password, file) = (stanza.Text("password"), stanza.Text("passwordFile"));
        if (password is not null && file is not null)
            stanza.Reader.Refuse("passwordFile", "stands beside password; keep one of them");
        return password is not null ? new Secret(password)
            : file is not null && isNeeded ? FromFile(stanza, file)
            : null;
    }

    private static Secret FromFile(Stanza stanza, string path)
    {
        var errors = new ConfigurationErrors(path);
        var text = ConfigurationDocument.ReadText(path, errors);
        foreach (var error in errors.InOrder())
            stanza.Reader.Refuse("passwordFile", error.ToString());
        if (text is { Length: 0 } or "\n" or "\r\n")
            stanza.Reader.Refuse("passwordFile", $"{path} is empty; write the password into it");
        // Editors end a file by a line break.
        return new Secret(text switch
        {
            [.. var password, '\r', '\n'] => password,
            [.. var password, '\n'] => password,
            _ => text ?? "",
        });
    }

    private static string? CaFile(Stanza stanza)
    {
        if (stanza.Reader.Section("tls") is not { } tls) return null;
        var file = tls.RequiredText("caFile", "caFile: /etc/metadata-sync/mysql/ca.crt");
        tls.RefuseUnknownKeys();
        return file;
    }
}
