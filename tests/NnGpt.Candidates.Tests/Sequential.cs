// torch's generator and the counter of living tensors belong to the process: two tests at once would disturb each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
