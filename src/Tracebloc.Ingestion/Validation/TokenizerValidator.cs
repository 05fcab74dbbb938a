using System.Text.Json;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that the vocabulary of <c>tokenizer.json</c> holds the special tokens that training needs.</summary>
internal sealed class TokenizerValidator(string path, TokenizerRule rule) : IFolderValidator
{
    private const string File = "tokenizer.json";

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.Tokenizer);

    /// <inheritdoc/>
    public async Task CheckAsync(Findings findings, CancellationToken cancellationToken)
    {
        try
        {
            using var handle = UnlinkedFile.Open(path);
            await using var file = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            var vocabulary = new TokenizerVocabulary(rule.Tokens);
            await vocabulary.ReadAsync(file, cancellationToken);
            if (vocabulary.Fault is { } fault)
                findings.Add(new(File, 0, 0, null, fault));
            else if (vocabulary.Missing is { Count: > 0 } missing)
                findings.Add(new(File, 0, 0, null, $"has no token {string.Join(" and no token ", missing)}; "
                    + "add it to the vocabulary and train with that tokenizer"));
        }
        catch (FileNotFoundException) when (!rule.IsRequired)
        {
            // Training brings its own.
        }
        catch (FileNotFoundException)
        {
            findings.Add(new(File, 0, 0, null, $"{path} does not exist; put a tokenizer beside the folder of the "
                + $"texts, with the tokens {string.Join(" and ", rule.Tokens)}"));
        }
        catch (JsonException exception)
        {
            findings.Add(new(File, (exception.LineNumber ?? -1) + 1, 0, null, $"is not JSON; export {File} again"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Add(new(File, 0, 0, null, exception.Message));
        }
    }
}
