---@meta mohpo

-- What mohpo-lua offers to scripts, for editors that read LuaCATS annotations. Nothing here runs.
-- docs/api.md is the reference; docs/editor.md says how to switch this on.

-- ---------------------------------------------------------------------------------------------------
-- Experiments
-- ---------------------------------------------------------------------------------------------------

---Experiments: search spaces, schedulers, fronts.
---@class mohpo
local ag = {}

---A parameter of a search space.
---@class ag.Parameter

---A choice between branches, each with parameters of its own.
---@class ag.Choice

---When the trials of an experiment are compared.
---@class ag.hyperband

---@alias mohpo.Direction "MAX" | "MIN"

---An objective with its tolerance, a share from 0 to below 1.
---@class mohpo.ObjectiveOptions
---@field [1] mohpo.Direction
---@field tolerance? number

---@alias mohpo.Objectives table<string, mohpo.Direction | mohpo.ObjectiveOptions> | { [1]: string, [2]: mohpo.Direction, tolerance?: number }[]

---@class mohpo.IntOptions
---@field log? boolean Uniform in log space.
---@field step? integer Only lo, lo + step, … up to hi.
---@field default? integer What trial 1 gets.
---@field prior? mohpo.Prior Where the best values are believed to lie.

---@class mohpo.RealOptions
---@field log? boolean Uniform in log space.
---@field step? number Only lo, lo + step, … up to hi.
---@field default? number What trial 1 gets.
---@field prior? mohpo.Prior Where the best values are believed to lie.

---@class mohpo.Prior
---@field [1] number The value believed to be best.
---@field confidence? "low" | "medium" | "high" Within half, a quarter or an eighth of the range; "medium".

---@class mohpo.HyperbandOptions
---@field max_t? number The resource at which a trial is complete; the space's constant `epochs`.
---@field time_attr? string The name of the resource in a report; "epoch".
---@field resolution? number The step in which the virtual clock counts; 1, with which resources are integers.
---@field grace_period? number The first rung; a 26th of max_t, 1 with the other types.
---@field reduction_factor? integer The ratio of the rungs; 3.
---@field rung_levels? number[] The rungs one by one.
---@field brackets? integer Sets of rungs; 1.
---@field type? "stopping" | "promotion" | "model" What happens to a trial at a rung; "model".

---@class mohpo.ScalarizationOptions
---@field algorithm? "random_weights" | "parego" | "nondominated" | "hypervolume"
---@field num_weights? integer
---@field rho? number

---What a metric must keep for its report to be feasible; at least one of the two.
---@class mohpo.Constraint
---@field min? number
---@field max? number

---@class mohpo.ExperimentOptions
---@field space table | Space Parameters and constants.
---@field objectives mohpo.Objectives
---@field constraints? table<string, mohpo.Constraint> What reports must keep to be feasible.
---@field warm_start? (string | Study)[] Earlier studies, whose fronts are tried first and which a model learns from.
---@field initial? table[] Configurations to try first; what is left out takes the default.
---@field train? fun(args: table, reporter: reporter) Called once for each trial. Not needed where programs ask and tell.
---@field num_trials? integer
---@field budget? number Resource of all trials together, after which no slot is given away.
---@field stop? { no_gain: integer } Trials in a row that add nothing to the front.
---@field time_out? number Seconds after which the search ends.
---@field trial_time_out? number Seconds after which a trial fails.
---@field scheduler? ag.hyperband
---@field scalarization_options? mohpo.ScalarizationOptions
---@field parallel_trials? integer Slots; 4.
---@field seed? integer
---@field order? "virtual" | "arrival"
---@field first_is_default? boolean
---@field retries? integer How often a trial that raises an error is tried again; 0.
---@field on_error? "continue" | "stop" Whether a trial that fails ends the study.
---@field keep? "front" | "best" | "all" | "none" Which reports keep what `reporter` is given to keep.
---@field searcher? "random" | "gp" Who chooses configurations, where `type` is not "model".
---@field name? string

---Integers, both ends included.
---@param lo integer
---@param hi integer
---@param options? mohpo.IntOptions
---@return ag.Parameter
function ag.Int(lo, hi, options) end

---Reals, both ends included.
---@param lo number
---@param hi number
---@param options? mohpo.RealOptions
---@return ag.Parameter
function ag.Real(lo, hi, options) end

---One of the values, which have no order. They may also come in one array.
---@param ... any
---@return ag.Parameter
function ag.Categorical(...) end

---One of the values, in their order. They may also come in one array.
---@param ... any
---@return ag.Parameter
function ag.Ordinal(...) end

---`false` or `true`.
---@return ag.Parameter
function ag.Bool() end

---One of the branches: `args` has its `name` and its members.
---@param branches table<string, table>
---@return ag.Choice
function ag.Choice(branches) end

---A search space to look at before it is used.
---@param space table Parameters and constants.
---@return Space
function ag.space(space) end

---@param options? mohpo.HyperbandOptions
---@return ag.hyperband
function ag.hyperband(options) end

---Declares and checks an experiment; trains nothing.
---@param options mohpo.ExperimentOptions
---@return Experiment
function ag.experiment(options) end

---Runs an experiment as `run` does, on a simulated clock.
---@param experiment Experiment
---@return Study
function ag.simulate(experiment) end

---A stored study, as `run` gives it: of a path, or the newest of a name in `studies`.
---@param study string
---@return Study
function ag.load(study) end

---A program, its arguments and options.
---@class mohpo.CommandOptions
---@field [integer] string | number the program and its arguments, where `{name}` is a parameter
---@field env? table<string, string | number | false> variables; `false` takes one away
---@field cwd? string the working directory
---@field reports? string which printed lines are reports: `"json"`, or a Lua pattern with names
---@field log? string where all else goes that it writes
---@field stop? mohpo.EndingOptions how it is ended
---@field pause? "suspend" | "restart" what becomes of it while its trial is paused
---@field max_suspended? integer how many programs stay suspended

---@class mohpo.EndingOptions
---@field signal? string what it is sent first, `"TERM"` by default
---@field kill_after? number seconds between that signal and SIGKILL, 10 by default

---A program as the `train` of an experiment.
---@param program mohpo.CommandOptions
---@return fun(args: table, reporter: reporter) train
function ag.command(program) end

---A program, its arguments and options.
---@class mohpo.SpawnOptions
---@field [integer] string | number the program and its arguments
---@field env? table<string, string | number | false> variables; `false` takes one away
---@field cwd? string the working directory
---@field stdin? "pipe" | "null" its standard input: what the script writes, or nothing
---@field stderr? "inherit" | "null" its standard error: that of `mohpo-lua`, or nowhere
---@field kill_after? number seconds between the signal that ends it and SIGKILL

---Starts a program.
---@param program mohpo.SpawnOptions
---@return Process
function ag.spawn(program) end

---The given tables that are on the front.
---@param points table[]
---@param objectives mohpo.Objectives
---@return table[]
function ag.pareto_front(points, objectives) end

---How much of the objective space the points cover.
---@param points table[]
---@param objectives mohpo.Objectives
---@param reference? table<string, number> | number[]
---@return number
function ag.hypervolume(points, objectives, reference) end

---The given table that is the knee of their front.
---@param points table[]
---@param objectives mohpo.Objectives
---@return table?
function ag.knee(points, objectives) end

---What `ag.experiment` gives.
---@class Experiment
---@field name string
---@field space Space
local Experiment = {}

---Runs the trials to the study's end.
---@return Study
function Experiment:run() end

---Opens it, to ask for trials and tell results in place of `train`.
---@return OpenStudy
function Experiment:open() end

---What `ag.space` gives.
---@class Space
local Space = {}

---The arguments that the searcher "random" draws for that trial of a study of that seed.
---@param seed integer
---@param trial? integer
---@return table
function Space:sample(seed, trial) end

---The arguments of a first trial.
---@return table
function Space:defaults() end

---How many configurations there are; `math.huge` where there is no end.
---@return integer | number
function Space:size() end

---Records the metrics of a trial, and returns when the trial may continue.
---@class reporter
---@field trial integer
---@field slot? integer from 1 to `parallel_trials`; nil while the trial is paused and after its end
---@field dir string A directory of the trial's own, beside the study.
---@overload fun(metrics: table<string, number | string | boolean>, kept?: table)
local reporter = {}

---Keeps plain values and networks, in place of those before, for `restore`.
---@param kept table
function reporter:checkpoint(kept) end

---What the trial has kept, where it starts again after a crash or an error; nil at its first start.
---@return table?
function reporter:restore() end

-- ---------------------------------------------------------------------------------------------------
-- Studies
-- ---------------------------------------------------------------------------------------------------

---A report of a trial; it also has the objectives and the other metrics by their names.
---@class point
---@field trial integer
---@field resource integer
---@field args table
---@field kept? table What the report keeps.
---@field [string] any

---@class points
---@field [integer] point

---@class mohpo.Trial
---@field id integer
---@field args table
---@field state "completed" | "stopped" | "paused" | "failed"
---@field bracket integer
---@field reports points
---@field error? string

---What `run` gives. `#study` is the number of trials.
---@class Study
---@field name string
---@field seconds number How long it took.
---@field history points[] By trial, its reports in order.
---@field trials mohpo.Trial[]
local Study = {}

---The best reports, best in the first objective first.
---@param options? { per?: "report" | "trial", epsilon?: number | table<string, number> }
---@return points
function Study:pareto_front(options) end

---The best report in one objective.
---@param objective string
---@return point?
function Study:best(objective) end

---How much each parameter matters for the front and for each objective; shares add up to 1.
---@return { parameter: string, front: number, objectives: table<string, number> }[]
function Study:importance() end

---The front's knee.
---@return point?
function Study:knee() end

---How much of the objective space the front covers.
---@param options? { reference?: table<string, number> | number[] }
---@return number
function Study:hypervolume(options) end

---How the hypervolume grew, report by report.
---@param options? { reference?: table<string, number> | number[] }
---@return { reports: integer, trial: integer, resource: integer, virtual_time: integer, time: number, hypervolume: number }[]
function Study:hypervolume_history(options) end

---Why a trial continued or stopped, rung by rung.
---@param trial integer
---@return string
function Study:explain(trial) end

---Draws a view of the study (.svg), or writes its page (.html), which has all views.
---@param path string
---@param options? { view?: "front" | "curves" | "parallel" | "importance" | "hypervolume" | "rungs" | "timeline" }
function Study:plot(path, options) end

---Writes a row for each report.
---@param path string
function Study:save_csv(path) end

---Writes the study as one object.
---@param path string
function Study:save_json(path) end

-- ---------------------------------------------------------------------------------------------------
-- Networks
-- ---------------------------------------------------------------------------------------------------

---Neural networks, with scikit-learn's names and meanings.
---@class mohpo.nn
local nn = {}

---@class mohpo.MLPOptions
---@field hidden_layer_sizes? integer[]
---@field activation? "identity" | "logistic" | "tanh" | "relu"
---@field solver? "adam" | "sgd" | "lbfgs"
---@field alpha? number
---@field batch_size? integer | "auto"
---@field learning_rate_init? number
---@field learning_rate? "constant" | "invscaling" | "adaptive"
---@field power_t? number
---@field momentum? number
---@field nesterovs_momentum? boolean
---@field beta_1? number
---@field beta_2? number
---@field epsilon? number
---@field max_iter? integer
---@field tol? number
---@field n_iter_no_change? integer
---@field early_stopping? boolean
---@field validation_fraction? number
---@field shuffle? boolean
---@field seed? integer
---@field class_weight? "balanced" | table<any, number> Classifiers only.

---@class mohpo.WeightOptions
---@field sample_weight? number[] One for each row.

---@class mohpo.TrainingWeightOptions
---@field sample_weight? number[] One for each row.
---@field class_weight? "balanced" | table<any, number> By class, in place of the network's.

---@alias mohpo.ClassificationMetric "accuracy" | "balanced_accuracy" | "f1" | "f1_macro" | "f1_weighted" | "precision" | "precision_macro" | "precision_weighted" | "recall" | "recall_macro" | "recall_weighted" | "roc_auc" | "average_precision" | "log_loss" | "brier" | "ece" | "confusion"

---@alias mohpo.RegressionMetric "r2" | "mae" | "mse" | "rmse" | "max_error"

---@param options? mohpo.MLPOptions
---@return MLPClassifier
function nn.MLPClassifier(options) end

---@param options? mohpo.MLPOptions
---@return MLPRegressor
function nn.MLPRegressor(options) end

---The network of a file that `save` wrote; its training can continue.
---@param path string
---@return MLPClassifier | MLPRegressor
function nn.load(path) end

---@class MLPClassifier
---@field n_parameters integer Weights and biases; nil before training.
---@field loss_curve number[] The loss of each epoch.
---@field classes (integer | number | string | boolean)[]
local MLPClassifier = {}

---Trains until it makes no more progress.
---@param ds Dataset
---@param options? mohpo.TrainingWeightOptions
---@return MLPClassifier
function MLPClassifier:fit(ds, options) end

---One pass over the data.
---@param ds Dataset
---@param options? mohpo.TrainingWeightOptions
---@return MLPClassifier
function MLPClassifier:partial_fit(ds, options) end

---The share of rows predicted rightly; or the metric of that name.
---@param ds Dataset
---@param metric? mohpo.ClassificationMetric | mohpo.WeightOptions
---@param options? mohpo.WeightOptions
---@return number
function MLPClassifier:score(ds, metric, options) end

---Metrics by name; by default all that have a meaning for the network.
---@param ds Dataset
---@param names? mohpo.ClassificationMetric[]
---@param options? mohpo.WeightOptions
---@return table<string, any>
function MLPClassifier:metrics(ds, names, options) end

---The mean cross-entropy.
---@param ds Dataset
---@param options? mohpo.WeightOptions
---@return number
function MLPClassifier:loss(ds, options) end

---@param ds Dataset
---@return (integer | number | string | boolean)[]
function MLPClassifier:predict(ds) end

---By row, the probabilities in the order of `classes`.
---@param ds Dataset
---@return number[][]
function MLPClassifier:predict_proba(ds) end

---Seconds to predict all of the data, measured alone.
---@param ds Dataset
---@param options? { fresh?: boolean }
---@return number
function MLPClassifier:time_predict(ds, options) end

---@param path string
function MLPClassifier:save(path) end

---@class MLPRegressor
---@field n_parameters integer Weights and biases; nil before training.
---@field loss_curve number[] The loss of each epoch.
local MLPRegressor = {}

---Trains until it makes no more progress.
---@param ds Dataset
---@param options? mohpo.WeightOptions
---@return MLPRegressor
function MLPRegressor:fit(ds, options) end

---One pass over the data.
---@param ds Dataset
---@param options? mohpo.WeightOptions
---@return MLPRegressor
function MLPRegressor:partial_fit(ds, options) end

---R², the share of the variance that is explained; or the metric of that name.
---@param ds Dataset
---@param metric? mohpo.RegressionMetric | mohpo.WeightOptions
---@param options? mohpo.WeightOptions
---@return number
function MLPRegressor:score(ds, metric, options) end

---Metrics by name; by default all that have a meaning for the network.
---@param ds Dataset
---@param names? mohpo.RegressionMetric[]
---@param options? mohpo.WeightOptions
---@return table<string, any>
function MLPRegressor:metrics(ds, names, options) end

---Half the mean squared error.
---@param ds Dataset
---@param options? mohpo.WeightOptions
---@return number
function MLPRegressor:loss(ds, options) end

---Numbers, or arrays where a row has several to predict.
---@param ds Dataset
---@return number[] | number[][]
function MLPRegressor:predict(ds) end

---Seconds to predict all of the data, measured alone.
---@param ds Dataset
---@param options? { fresh?: boolean }
---@return number
function MLPRegressor:time_predict(ds, options) end

---@param path string
function MLPRegressor:save(path) end

-- ---------------------------------------------------------------------------------------------------
-- Data sets
-- ---------------------------------------------------------------------------------------------------

---Data sets.
---@class mohpo.data
local data = {}

---A known data set, which `mohpo-lua data fetch` has brought.
---@param name "mnist" | "fashion-mnist"
---@return { train: Dataset, test: Dataset }
function data.load(name) end

---@class mohpo.IDXOptions
---@field images string the path of images of bytes
---@field labels string the path of a class for each of them

---@param files mohpo.IDXOptions
---@return Dataset
function data.idx(files) end

---How a file of separated values is read.
---@class mohpo.CSVOptions
---@field label string | integer the column to learn
---@field regression? boolean whether that column holds numbers to predict
---@field columns? (string | integer)[] those that become features
---@field drop? (string | integer)[] those that do not
---@field missing? "error" | "drop" | "mean" | number what becomes of cells without a value
---@field one_hot? boolean | (string | integer)[] columns of text
---@field standardize? boolean
---@field like? Dataset a data set from another such file
---@field header? boolean whether the first line names the columns
---@field names? string[]
---@field separator? string
---@field decimal? string
---@field thousands? string
---@field comment? string
---@field skip? integer lines to pass over at the start

---A table whose first line names the columns, unless `header = false` or `names` are given. Missing values are errors with file, line and column.
---@param path string
---@param options mohpo.CSVOptions
---@return Dataset
function data.csv(path, options) end

---Two arrays: `data.npy` wants their paths, `data.npz` their names.
---@class mohpo.ArrayOptions
---@field features? string numbers or booleans, rows first
---@field labels string for each row a class, or what is to be predicted
---@field regression? boolean whether the labels are numbers to predict
---@field pixels? boolean whether features that are bytes are scaled to 0…1

---Two NumPy files, by their paths.
---@param files mohpo.ArrayOptions
---@return Dataset
function data.npy(files) end

---Two arrays of a NumPy archive, by their names. Without `features`, scipy's sparse matrix and the path of its labels.
---@param path string
---@param arrays mohpo.ArrayOptions
---@return Dataset
function data.npz(path, arrays) end

---How a file in LIBSVM's format is read.
---@class mohpo.LIBSVMOptions
---@field regression? boolean whether the labels are numbers to predict
---@field features? integer how many there are
---@field zero_based? boolean whether indices count from 0 and not from 1
---@field like? Dataset another such set, of which both are taken

---@param path string
---@param options? mohpo.LIBSVMOptions
---@return Dataset
function data.libsvm(path, options) end

---How a file in Weka's format is read.
---@class mohpo.ARFFOptions
---@field label? string | integer the column to learn
---@field regression? boolean whether that column holds numbers to predict
---@field columns? (string | integer)[] those that become features
---@field drop? (string | integer)[] those that do not
---@field missing? "error" | "drop" | "mean" | number what becomes of cells without a value

---A file in Weka's format, dense or sparse. By default the last attribute is the class.
---@param path string
---@param options? mohpo.ARFFOptions
---@return Dataset
function data.arff(path, options) end

---The rows of all, one after the other.
---@param a Dataset
---@param b Dataset
---@param ... Dataset
---@return Dataset
function data.concat(a, b, ...) end

---@class mohpo.TableOptions
---@field regression? boolean whether the labels are numbers to predict

---@param features number[][]
---@param labels any[]
---@param options? mohpo.TableOptions
---@return Dataset
function data.table(features, labels, options) end

---How rows are drawn.
---@class mohpo.DrawingOptions
---@field seed? integer the order of the rows follows from it
---@field stratify? boolean whether each class has the same share in all parts

---Rows of features with what is to be predicted. `#ds` is the number of rows.
---@class Dataset
---@field features integer
---@field feature_names string[]
---@field classes (integer | number | string | boolean)[]
---@field labels any[] By row its class, or what is to be predicted.
---@field name string
local Dataset = {}

---Rows first … last, both included; or the listed rows, in that order.
---@param first integer | integer[]
---@param last? integer
---@return Dataset
function Dataset:subset(first, last) end

---Parts for cross-validation: every row is tested in one of them.
---@param k integer
---@param options? mohpo.DrawingOptions
---@return { train: Dataset, test: Dataset }[]
function Dataset:folds(k, options) end

---Two parts in random order, the first with that share of the rows.
---@param fraction number
---@param options? mohpo.DrawingOptions
---@return Dataset first
---@return Dataset second
function Dataset:split(fraction, options) end

---Features of mean 0 and deviation 1; with `from`, by that data set's.
---@param from? Dataset
---@return Dataset
function Dataset:standardize(from) end

---What `ag.command` keeps of a program. Scripts do not see it.
---@class Command

---The program of one trial. Scripts do not see it.
---@class CommandRun
local CommandRun = {}

---@return table?
function CommandRun:next() end

---A study whose trials the script asks for, by `experiment:open()`.
---@class OpenStudy
local OpenStudy = {}

---A trial to run, or to continue; nil where there is none.
---@return OpenTrial?
function OpenStudy:ask() end

---Has a configuration tried next. What is left out takes its default.
---@param configuration table
function OpenStudy:add(configuration) end

---Ends the study where it stands.
---@return Study
function OpenStudy:close() end

---A trial that the script has asked for.
---@class OpenTrial
---@field id integer
---@field args table
---@field resource integer The resource of its last checkpoint: where to continue from.
---@field dir string A directory of its own, beside the study.
local OpenTrial = {}

---Reports metrics. After "stop" and "paused" it is the script's no more.
---@param metrics table<string, number>
---@return "go"|"stop"|"paused"
---@return string? why
function OpenTrial:report(metrics) end

---Says that its directory holds what to continue from.
---@param resource integer
function OpenTrial:checkpoint(resource) end

---Completes it.
function OpenTrial:done() end

---Fails it.
---@param why string
function OpenTrial:fail(why) end

---A program that was started. It ends, with all it has started, when the value is closed, when its
---trial ends, and with the script.
---@class Process
---@field pid integer
local Process = {}

---The lines that the program writes to its standard output; only this trial waits for them.
---@return fun(process: Process): string?, Process
function Process:lines() end

---Reads as a file does: a line by default.
---@param format? "l"|"L"|"a"|integer
---@return string?
function Process:read(format) end

---Writes to its standard input (`stdin = "pipe"`).
---@param ... string|number
---@return Process?
---@return string? why
function Process:write(...) end

---Ends its standard input.
function Process:close_stdin() end

---Sends a signal to the program and all it has started.
---@param signal? string `"TERM"` by default
---@return boolean sent
function Process:kill(signal) end

---Waits for its end.
---@return integer? code
---@return string? signal
function Process:wait() end

return ag
