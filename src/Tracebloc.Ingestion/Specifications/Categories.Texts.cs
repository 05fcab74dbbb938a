using static Tracebloc.Ingestion.Specifications.ValidatorName;

namespace Tracebloc.Ingestion.Specifications;

public static partial class Categories
{
    private const string Padding = "[PAD]", Mask = "[MASK]";

    private static CategoryRules[] OfTexts() =>
    [
        Text("text_classification", LabelRule.Required, FileType, ValidatorName.Tokenizer),
        Text("token_classification", LabelRule.Required, FileType, BioLabel, ValidatorName.Tokenizer) with
        {
            LabelIsText = true,
        },
        Text("sentence_pair_classification", LabelRule.Required, FileType, RecordShape, ValidatorName.Tokenizer) with
        {
            Fields = new(2, 2),
        },
        Text("masked_language_modeling", LabelRule.Forbidden, FileType, ValidatorName.Tokenizer) with
        {
            Folders = [new(FileFolder.Sequences)],
            Tokenizer = new(IsRequired: true, Mask, Padding),
        },
        Text("causal_language_modeling", LabelRule.Forbidden, FileType, ValidatorName.Tokenizer),
        Text("seq2seq", LabelRule.Forbidden, FileType, RecordShape, ValidatorName.Tokenizer) with
        {
            Fields = new(2, 2, IsAdvice: true),
        },
        Text("embeddings", LabelRule.Forbidden, FileType, RecordShape, ValidatorName.Tokenizer) with
        {
            Fields = new(2, 3, MayBeEmpty: true),
        },
    ];

    private static CategoryRules Text(string name, LabelRule label, params IReadOnlyList<ValidatorName> validators) =>
        new(name, DataFormat.Text, label)
        {
            Folders = [new(FileFolder.Texts)],
            Extension = ".txt",
            Tokenizer = new(IsRequired: false, Padding),
            Validators = label == LabelRule.Forbidden
                ? [.. validators, Data, FilesExist, Duplicate]
                : [.. validators, Data, FilesExist, Label, Duplicate],
        };
}
