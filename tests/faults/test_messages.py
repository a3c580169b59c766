"""Every user's mistake gets place, cause, remedy and exit code 2."""

from foramen_process import MESH_STUDY, POINT_STUDY, TWO_LEADS, Case, main


class Messages(Case):
    def check(self, old, new, *parts):
        self.assertIn(old, POINT_STUDY)
        self.write(POINT_STUDY.replace(old, new))
        self.refused(2, "study.toml:", *parts)

    def test_the_study_itself_is_sound(self):
        good = self.run_foramen("check", "study.toml")
        self.assertEqual(good.returncode, 0, good.err)
        self.write(good.out)  # the resolved configuration runs again as it is
        again = self.run_foramen("check", "study.toml")
        self.assertEqual(again.returncode, 0, again.err)
        self.assertEqual(good.out, again.out)

    def test_misspelled_key(self):
        self.check("clearance", "clearence", "clearence", 'did you mean "clearance"?')

    def test_missing_key(self):
        self.check('conductivity = "0.2 S/m"\n', "", 'missing key "conductivity" in [anatomy]')

    def test_mistyped_value(self):
        self.check("count = 9", 'count = "many"', "count")

    def test_unitless_value(self):
        self.check('clearance = "1 mm"', "clearance = 1", "clearance", "mm")

    def test_wrong_unit(self):
        self.check('clearance = "1 mm"', 'clearance = "1 ms"', "clearance", "length")

    def test_out_of_range(self):
        self.check('clearance = "1 mm"', 'clearance = "9 m"', "clearance")

    def test_tight_bend(self):
        self.check('clearance = "1 mm"', 'clearance = "1 mm"\nshape = "bent"\nbend = { radius = "2 mm" }',
                   "bend", "the lead bends on a radius of 2.00 mm", "raise `bend.radius`")

    def test_contradiction(self):
        self.check('model = "homogeneous"\nconductivity = "0.2 S/m"', 'model = "lumbar"\nlevel = "L5"',
                   "point sources need a homogeneous medium", 'anatomy.model = "homogeneous"')

    def test_interface_of_point_sources(self):
        self.check('clearance = "1 mm"', 'clearance = "1 mm"\ninterface = { resistance = "60 ohm*cm^2" }',
                   "point sources have no surface", "remove [lead.interface]")

    def test_interface_in_part(self):
        self.check('kind = "point_sources"', 'kind = "finite_elements"\n[lead.interface]\nQ = 0.48\nn = 0.9',
                   "a constant phase element needs `frequency` too", "or `resistance` alone")

    def test_accuracy_of_point_sources(self):
        self.check('kind = "point_sources"', 'kind = "point_sources"\naccuracy = "1 %"',
                   "point sources have no mesh to refine", "remove field.accuracy")

    def test_accuracy_without_estimate(self):
        self.check('kind = "point_sources"',
                   'kind = "finite_elements"\naccuracy = "1 %"\nestimate = false',
                   "needs the estimate of the field's error", "remove field.estimate = false")

    def test_accuracy_without_unit(self):
        self.check('kind = "point_sources"', 'kind = "finite_elements"\naccuracy = 0.01', "accuracy", "1 %")

    def test_limit_without_accuracy(self):
        self.check('kind = "point_sources"', 'kind = "finite_elements"\nmax_unknowns = 1e6',
                   "it limits the refinement for field.accuracy", "set field.accuracy")
    def test_lead_and_leads(self):
        self.check("[field]", '[leads.caudal]\nangle = "90 deg"\n[field]', "the study has both [lead] and [leads]",
                   "make it one of the named leads")

    def test_leads_that_cut_each_other(self):
        self.write(TWO_LEADS.replace('"90 deg"', '"275 deg"'))
        self.refused(2, "study.toml:", "leads cranial and caudal cut each other by", "move one of them by")
        self.write(TWO_LEADS.replace('contacts = ["each"]', 'contacts = ["E2- case+"]'))
        self.refused(2, 'the lead has no contact "E2"', 'did you mean "cranial:E2"?')

    def test_voltages_of_point_sources(self):
        self.check('contacts = ["each"]', 'contacts = ["each"]\ncontrol = "voltage"',
                   "point sources have no impedance", 'control = "current"')

    def test_ceilings_in_the_other_unit(self):
        self.write(MESH_STUDY.replace('contacts = ["each"]', 'contacts = ["each"]\ncontrol = "voltage"')
                   .replace("[thresholds]", '[thresholds]\nceiling = "30 mA"'))
        self.refused(2, "study.toml:", '"30 mA" is a current, but "ceiling" in [thresholds] is a voltage',
                     'programmes have control = "voltage"')
        self.write(POINT_STUDY.replace("[thresholds]", '[thresholds]\nceiling = "10 V"'))
        self.refused(2, '"10 V" is a voltage', "amplitudes are currents")

    def test_probes_and_responses_of_held_voltages(self):
        self.write(MESH_STUDY.replace('contacts = ["each"]', 'contacts = ["each"]\ncontrol = "voltage"'))
        for command in (("probe", "study.toml"), ("respond", "study.toml", "--block")):
            self.refused(2, "is controlled by voltage", "--set programmes.motor.control=current",
                         arguments=(*command, "--out", "out"))

    def test_unknown_lead(self):
        self.check('"drg_slimtip"', '"drg_slimtop"', "drg_slimtop", 'did you mean "drg_slimtip"?')

    def test_unknown_fibre_model(self):
        self.check('role = "motor"\nmodel = "mrg"', 'role = "motor"\nmodel = "mrgg"', "mrgg", '"mrg"')

    def test_diameter_outside_the_model(self):
        self.check('model = "mrg"\ncount = 9', 'model = "mrg"\ndiameter = "25 um"\ncount = 9',
                   "a diameter of 25 um lies outside its range", "choose from 2 to 16 um")

    def test_diameter_and_distribution(self):
        self.check('role = "motor"', 'role = "motor"\ndiameter = "12 um"\ndiameters = "a_beta"',
                   "either one diameter or a distribution")

    def test_fibre_outside_the_domain(self):
        self.check('conductivity = "0.2 S/m"', 'conductivity = "0.2 S/m"\ndomain = { radius = "20 mm" }',
                   "the nerve leaves the domain by", "enlarge it, or shorten the nerve")

    def test_one_diameter(self):
        self.write(POINT_STUDY.replace('role = "motor"', 'role = "motor"\ndiameter = "12 um"'))
        run = self.run_foramen("run", "study.toml", "--out", "out")
        self.assertEqual(run.returncode, 0, run.err)
        import h5py
        with h5py.File(self.folder / "out/results.h5") as f:
            self.assertTrue((abs(f["populations/alpha_motor/diameter"][()] - 12) < 1e-9).all())

    def test_unknown_tissue(self):
        self.check('[field]', 'encapsulation = { tissue = "scarr" }\n[field]', "scarr")

    def test_unknown_population(self):
        self.check("[populations.a_beta]", "[populations.a_betta]", "a_betta", "a_beta")

    def test_unbalanced_currents(self):
        self.check('contacts = ["each"]', 'contacts = ["E1-"]', "do not balance", "case+")

    def test_unknown_contact(self):
        self.check('contacts = ["each"]', 'contacts = ["E9- case+"]', 'no contact "E9"')

    def test_lead_in_the_nerve(self):
        self.check('clearance = "1 mm"', 'clearance = "0.01 mm"', "by ", " mm")

    def test_lead_outside_the_domain(self):
        self.refused(2, "--set", "leaves the domain", "by ", " mm",
                     arguments=("check", "study.toml", "--set", "lead.position=69 mm",
                                "--set", "anatomy.domain.radius=85 mm"))

    def test_lead_beyond_the_nerve(self):
        self.check('clearance = "1 mm"', 'clearance = "1 mm"\nposition = "80 mm"',
                   "10.00 mm beyond the distal end of the nerve")

    def test_no_programme(self):
        text = POINT_STUDY[:POINT_STUDY.index("[programmes")]
        self.write(text)
        self.refused(2, "the study has no programme")

    def test_not_toml(self):
        self.check("seed = 3", "seed = = 3", "study.toml:2")

    def test_unknown_override(self):
        self.refused(2, "--set", "clearence", arguments=("check", "study.toml", "--set",
                                                         "lead.clearence=2 mm"))

    def test_absent_study(self):
        self.refused(2, "nowhere.toml", arguments=("run", "nowhere.toml"))

    def test_unknown_command_and_option(self):
        self.refused(2, 'no command "rum"', 'did you mean "run"?', arguments=("rum",))
        self.refused(2, "no option --sett", "did you mean --set?",
                     arguments=("run", "study.toml", "--sett", "a=1"))

    def test_bad_shard_and_threads(self):
        self.refused(2, '"4/4" is not a shard', arguments=("sweep", "study.toml", "--shard", "4/4"))
        self.refused(2, "0 is not a number of threads",
                     arguments=("run", "study.toml", "--threads", "0"))

    def test_probes_of_what_is_not_there(self):
        def probe(*arguments):
            return ("probe", "study.toml", "--out", "out", *arguments)

        self.refused(2, 'no population "alpha_moto"', 'did you mean "alpha_motor"?',
                     arguments=probe("--population", "alpha_moto"))
        self.refused(2, "no programme", arguments=probe("--programme", "tonic E3"))
        self.refused(2, "has no fibre 9", "name one from 0 to 8", arguments=probe("--fibre", "9"))
        self.refused(2, "has no node 5000", arguments=probe("--node", "5000"))
        self.refused(2, '"much" is not a current', arguments=probe("--amplitude", "much"))
        self.refused(2, "the threshold of fibre 0 is not known: above_ceiling", "give --amplitude",
                     arguments=probe("--set", "thresholds.ceiling=10 uA"))

    def test_responses(self):
        def respond(*arguments):
            return ("respond", "study.toml", "--out", "out", *arguments)

        self.refused(2, "nothing is asked for", "--strength-duration", arguments=respond())
        self.refused(2, "0.01 kHz is no blocking frequency",
                     arguments=respond("--block", "--frequency", "10 Hz"))
        self.refused(2, "has no fibre 77", arguments=respond("--block", "--fibre", "77"))
        run = self.run_foramen(*respond("--strength-duration", "--upper-limit"))
        self.assertEqual(run.returncode, 0, run.err)
        self.assertIn("chronaxie", run.out)
        self.assertIn("silent again: none up to", run.out)
        self.assertTrue((self.folder / "out/responses.h5").exists())

    def test_a_probe_is_written_and_a_pulse_alone_has_no_rate(self):
        run = self.run_foramen("probe", "study.toml", "--out", "out", "--amplitude", "3 mA")
        self.assertEqual(run.returncode, 0, run.err)
        self.assertIn("amplitude 3 mA", run.out)
        self.assertTrue((self.folder / "out/probe.h5").exists())
        self.check('width = "210 us"', 'width = "210 us", pulse_rate = "50 Hz"',
                   "a single pulse has no pulse_rate")

    def test_thresholds_above_the_ceiling_are_open_not_wrong(self):
        run = self.refused(5, "above thresholds.ceiling", arguments=(
            "run", "study.toml", "--out", "out", "--set", "thresholds.ceiling=10 uA"))
        self.assertIn("> 0.01", run.out)
        self.assertTrue((self.folder / "out/results.h5").exists())


main()
