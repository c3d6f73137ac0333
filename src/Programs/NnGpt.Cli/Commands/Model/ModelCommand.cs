using System.CommandLine;

namespace NnGpt.Cli.Commands.Model;

/// <summary>`nngpt model`: a language model of the LLaMA family by itself, without the running system.</summary>
internal static class ModelCommand
{
    public static Command Create() => new(
        "model",
        """
        Use a language model folder (Hugging Face layout: config.json, model.safetensors or its shards, tokenizer.json).

        Examples:
          echo '{"text": "import torch"}' | nngpt model tokenize --tokenizer models/nngpt-small/tokenizer.json
          nngpt model logits --model models/nngpt-small --ids 1,2,3 --output json
          nngpt model generate --model models/nngpt-small --prompt "import torch" --max-new-tokens 64
          nngpt model finetune --model models/nngpt-small --data chat.jsonl --out my-adapter
        """)
    {
        TokenizeCommand.Create(),
        LogitsCommand.Create(),
        GenerateCommand.Create(),
        TrainCommand.Create(),
        FineTuneCommand.Create(),
        MergeCommand.Create(),
    };
}
