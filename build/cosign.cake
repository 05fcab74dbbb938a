/// <summary>
/// What --sign-key names: a key as gpg knows it, and, given once more, one of cosign, a file or an address of a key
/// service such as awskms:///alias/release. Empty: none.
/// </summary>
public sealed record SignKeys(string Gpg, string Cosign)
{
    public static SignKeys Read(ICakeContext context)
    {
        var keys = context.Arguments<string>("sign-key", []).ToLookup(key => IsOfCosign(context, key));
        return keys[true].Count() > 1 || keys[false].Count() > 1
            ? throw new CakeException("--sign-key names two keys of gpg, or two of cosign: one of each can sign.")
            : new SignKeys(keys[false].SingleOrDefault(""), keys[true].SingleOrDefault(""));
    }

    private static bool IsOfCosign(ICakeContext context, string key) =>
        !key.Contains("://") && !context.FileExists(key) && key.EndsWith(".key")
            ? throw new CakeException($"{key}, the key to sign images with, is not there.")
            : key.Contains("://") || context.FileExists(key);
}

/// <summary>
/// cosign, which signs what is published: by a key, or as the identity whose token is at hand. Services other than the
/// public ones, and the key's password, are named by its own environment: COSIGN_ and the name of an option.
/// </summary>
public sealed class Cosign(ICakeContext context, string key)
{
    // Where cosign itself looks: GitHub Actions sets the last one in jobs that may ask for a token.
    private static readonly string[] Tokens =
        ["SIGSTORE_ID_TOKEN", "COSIGN_IDENTITY_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_URL"];

    private FilePath Program => context.EnvironmentVariable("COSIGN") is { Length: > 0 } named
        ? named
        : context.Tools.Resolve("cosign");

    private string Token => Tokens.FirstOrDefault(name => context.EnvironmentVariable(name) is { Length: > 0 });

    /// <summary>By whom signatures are made: for people to read.</summary>
    public string Signer => key != "" ? $"the key {key}" : $"the identity of {Token}";

    /// <summary>Why nothing is signed; null where cosign is there and has a key or a token.</summary>
    public string Missing =>
        Program is null ? "there is no cosign on PATH, and COSIGN names none"
        : key == "" && Token is null
            ? $"--sign-key names no key of cosign, and there is no {string.Join(" or ", Tokens)}"
            : null;

    /// <exception cref="CakeException">A key was named, and nothing is there that signs with it.</exception>
    public void Require()
    {
        if (key != "" && Missing is { } missing)
            throw new CakeException($"Images cannot be signed with {key}: {missing}.");
    }

    /// <param name="image">By its digest: a tag moves.</param>
    public void Sign(string image) => Run("sign", image);

    /// <summary>Leaves a bundle of signature and certificate beside the file, as the installers read it.</summary>
    public void Sign(FilePath file) =>
        Run("sign-blob", "--new-bundle-format", "--bundle", $"{file}.sigstore.json", file.FullPath);

    private void Run(string verb, params string[] arguments)
    {
        string[] by = key == "" ? [] : ["--key", key];
        var exitCode = context.StartProcess(Program, new ProcessSettings
        {
            Arguments = ProcessArgumentBuilder.FromStringsQuoted([verb, "--yes", .. by, .. arguments]),
        });
        if (exitCode != 0)
            throw new CakeException($"cosign {verb} by {Signer} ended with exit code {exitCode}: see above.");
    }
}
